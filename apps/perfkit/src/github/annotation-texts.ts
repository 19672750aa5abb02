import {
  formatChange,
  formatChangeRange,
  formatInterval,
  formatQuantity,
  visible,
  waiverSentence,
} from '@perf/report';
import {
  type AdviceFinding,
  type Compared,
  type Gate,
  type LeakSummary,
  type Measurement,
  probeTitle,
} from '@perf/schema';
import type { Annotation } from './workflow-command.js';

type Text = Pick<Annotation, 'title' | 'message'>;

/** GitHub shows one line of a title, and cuts messages at 64 KB [characters]. */
const LONGEST_TITLE = 200;
const LONGEST_MESSAGE = 4000;
/** Pieces of advice beside one regression. */
const MOST_ADVICE = 3;

/** A regression with its interval and its processes, the other metrics that regressed, and the advice on it. */
export function regressionText(
  worst: Compared,
  others: readonly Compared[],
  advice: readonly AdviceFinding[],
): Text {
  const { probe, metric, ratio, better, unit, severity } = worst;
  return textOf(
    `${severity ?? 'a'} regression: ${probeTitle(probe)}, ${metric} ${formatChange(ratio, better, unit)}`,
    [...[worst, ...others].map(comparedLine), ...advice.slice(0, MOST_ADVICE).flatMap(adviceLines)],
  );
}

/** A limit that was broken, or that nothing was held against. */
export function gateText({
  probe,
  metric,
  unit,
  bound,
  limit,
  state,
  observed,
  processes,
  origin,
  reason,
}: Gate): Text {
  const name = probe === undefined ? 'the run' : probeTitle(probe);
  const seen =
    observed === undefined
      ? `was not measured${reason === undefined ? '' : `: ${reason}`}`
      : `is ${formatInterval(observed, unit).estimate} (interval ${formatInterval(observed, unit).range}, ${counted(processes)})`;
  const word = bound === 'at-most' ? 'at most' : 'at least';
  return textOf(`gate ${state === 'failed' ? 'failed' : 'without a figure'}: ${name}, ${metric}`, [
    `${metric} ${seen}. The limit is ${word} ${formatQuantity(limit, unit)}, set by ${origin}.`,
  ]);
}

/** A probe of which processes failed, with the first of the reasons. */
export function failureText(failed: readonly Measurement[]): Text {
  const [first] = failed as readonly [Measurement, ...Measurement[]];
  return textOf(`probe ${first.status}: ${probeTitle(first.probe)}`, [
    `${counted(failed.length)} ${first.status}: ${first.error?.message ?? 'no reason given'}`,
  ]);
}

/** A leak with its growth and what holds it. */
export function leakText({ probe, resource, bytesPerIteration, processes, culprit }: LeakSummary): Text {
  const unit = resource === 'fd' || resource === 'handle' ? 'count' : 'bytes';
  const { estimate, range } = formatInterval(bytesPerIteration, unit);
  return textOf(`leak: ${probeTitle(probe)}, ${resource}`, [
    `${resource} grows by ${estimate} per iteration (interval ${range}, ${counted(processes)}).`,
    ...(culprit === undefined ? [] : [`Held by ${culprit.path.join(' → ')}.`]),
  ]);
}

/** A piece of advice by itself. */
export function adviceText(finding: AdviceFinding): Text {
  return textOf(finding.title, adviceLines(finding));
}

/** The function is named; the annotation stands at its file and line. */
function adviceLines({ title, detail, place, verify }: AdviceFinding): string[] {
  const where = place === undefined ? '' : ` (${place.function ?? place.file})`;
  return [`Advice: ${title}${where}`, ...(detail === undefined ? [] : [detail]), `To check it: ${verify}`];
}

function comparedLine(compared: Compared): string {
  const { metric, ratio, low, high, better, unit, processes, threshold, confidence } = compared;
  const waiver = waiverSentence(compared);
  const level = `${Number((confidence * 100).toPrecision(3))} %`;
  return `${metric} is ${formatChange(ratio, better, unit)} (${level} interval ${formatChangeRange(ratio, low, high)}, ${processes.b} against ${counted(processes.a)}, threshold ${Number((threshold * 100).toPrecision(3))} %).${waiver === undefined ? '' : ` ${waiver}`}`;
}

function counted(processes: number): string {
  return `${processes} ${processes === 1 ? 'process' : 'processes'}`;
}

/** What comes from outside is made visible line by line, and cut. */
function textOf(title: string, lines: readonly string[]): Text {
  return {
    title: clipped(visible(`perfkit: ${title}`), LONGEST_TITLE),
    message: clipped(lines.map(visible).join('\n'), LONGEST_MESSAGE),
  };
}

function clipped(text: string, most: number): string {
  const characters = [...text];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text;
}
