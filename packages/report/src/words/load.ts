import type { LoadProfile, LoadStage, Measurement } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatQuantity } from './quantity.js';
import { nameIn } from './sentence.js';

/** What a stage aimed at: `40 in flight`, `500 /s`, or both. */
export function stageAim({ concurrency, ramp, rate }: LoadStage): string {
  const parts = [
    rate === undefined ? undefined : `${formatQuantity(rate, '1/s')} arriving`,
    concurrency === undefined ? undefined : `${formatQuantity(concurrency, 'count')} in flight`,
    ramp === undefined
      ? undefined
      : `${formatQuantity(ramp.from, 'count')} to ${formatQuantity(ramp.to, 'count')} in flight`,
  ].filter((part) => part !== undefined);
  return parts.join(', ') || 'no aim recorded';
}

/** Failed operations by kind, most first: `12 timeout, 3 http 500`; empty when none failed. */
export function stageErrors({ errors }: LoadStage): string {
  return Object.entries(errors)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${clip(visible(kind), 60)}`)
    .join(', ');
}

/** Why and where a stress broke, or that it did not; empty for other shapes. */
export function breakingText({ shape, stages, breakingPoint }: LoadProfile): string {
  if (breakingPoint === undefined) return shape === 'stress' ? 'it did not break' : '';
  const stage = stages[breakingPoint.stage];
  const aim =
    stage === undefined
      ? `stage ${breakingPoint.stage + 1}`
      : `${stageAim(stage)} (stage ${breakingPoint.stage + 1})`;
  return `it broke at ${aim}: ${visible(breakingPoint.reason)}`;
}

/**
 * The shape of a load and what came of it, over its processes:
 * `cache › peak: peak load, closed model, 5 stages, 10 to 100 in flight.`
 *
 * @param measurements - Of one probe, those with a load among their artifacts.
 */
export function loadSentence(measurements: readonly Measurement[]): string | undefined {
  const loads = measurements.flatMap(({ artifacts }) =>
    artifacts.load === undefined ? [] : [artifacts.load],
  );
  const [load, probe] = [loads[0], measurements[0]?.probe];
  if (load === undefined || probe === undefined) return undefined;
  const broke = new Map<string, number>();
  for (const each of loads) {
    const text = breakingText(each);
    if (text !== '') broke.set(text, (broke.get(text) ?? 0) + 1);
  }
  const outcomes = [...broke].map(([text, count]) =>
    loads.length > 1 ? `${text} (${count} of ${loads.length} processes)` : text,
  );
  const stages = `${load.stages.length} ${load.stages.length === 1 ? 'stage' : 'stages'}`;
  return `${nameIn(probe)}: ${load.shape} load, ${load.model} model, ${stages}${aimsText(load)}${outcomes.map((text) => `; ${text}`).join('')}.`;
}

/** What all stages aimed at: `, 10 to 100 in flight`. */
function aimsText({ stages }: LoadProfile): string {
  const range = (values: readonly (number | undefined)[], unit: '1/s' | 'count'): string | undefined => {
    const known = values.filter((value) => value !== undefined).sort((a, b) => a - b);
    const [least, most] = [known[0], known.at(-1)];
    if (least === undefined || most === undefined) return undefined;
    const end = formatQuantity(most, unit);
    return least === most ? end : `${formatQuantity(least, unit)} to ${end}`;
  };
  const rates = range(
    stages.map(({ rate }) => rate),
    '1/s',
  );
  const flights = range(
    stages.map(({ concurrency }) => concurrency),
    'count',
  );
  return `${rates === undefined ? '' : `, ${rates} arriving`}${flights === undefined ? '' : `, ${flights} in flight`}`;
}
