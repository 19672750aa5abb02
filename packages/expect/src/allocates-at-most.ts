import { formatInterval, formatQuantity } from '@perf/report';
import { probeTitle, type Summary } from '@perf/schema';
import { summariseRun } from '@perf/stats';
import { documentOf } from './document-of.js';
import { type EffortOptions, effortOf } from './effort.js';
import { attains } from './evidence.js';
import { ExpectError } from './expect-error.js';
import { type Measured, measureTargets } from './measure-targets.js';
import type { Outcome, OutcomeState, WhenUndecided } from './outcome.js';
import { type Bytes, bytesOf } from './quantities.js';
import { readSettings } from './settings.js';
import type { Subject } from './subject.js';
import { targetOf } from './target.js';
import { explanation, type Line, measureCommand, percent, placesText } from './words.js';

export interface AllocationOptions extends EffortOptions, WhenUndecided {
  /** A metric in bytes; default `heap`, which is bytes allocated per operation on V8's heap. */
  readonly metric?: string;
}

/** Six values are the fewest whose range attains 95 %; memory needs hardly any time. */
export const ALLOCATION_DEFAULTS = { processes: 6, timeMs: 50, warmupMs: 200 } as const;

/**
 * Whether a subject allocates at most so many bytes per operation, held against the interval of the median over its
 * processes.
 *
 * - `shown`: the interval attains the confidence and lies at or below the limit.
 * - `refuted`: it attains it and lies above.
 * - `undecided`: the limit lies inside, or the processes are too few.
 *
 * @throws {ExpectError} if it could not be measured.
 *
 * Cost: `processes` × (`time` + up to `warmup` + about 0.3 s).
 */
export async function allocatesAtMost(
  subject: Subject,
  bytes: Bytes,
  options: AllocationOptions = {},
): Promise<Outcome> {
  const limit = bytesOf('The limit', bytes);
  const target = targetOf(subject);
  const confidence = readSettings(target.root).confidence ?? 0.95;
  const effort = effortOf(options, { ...ALLOCATION_DEFAULTS, confidence });
  const [measured] = (await measureTargets([target], effort)) as [Measured];
  const run = documentOf(measured, measured.probe);
  const summary = heapOf(summariseRun(run, effort.confidence), options.metric ?? 'heap');
  const state = stateOf(summary, limit, effort.confidence);
  return {
    state,
    compared: [],
    summary,
    explanation: told({ summary, state, limit, asked: effort.confidence, measured }),
  };
}

function stateOf(summary: Summary, limit: number, asked: number): OutcomeState {
  const { low, high } = summary;
  if (!attains(summary, asked)) return 'undecided';
  if (high <= limit) return 'shown';
  return low > limit ? 'refuted' : 'undecided';
}

function heapOf(summaries: readonly Summary[], metric: string): Summary {
  const found = summaries.find((one) => one.metric === metric && one.unit === 'bytes');
  if (found !== undefined) return found;
  const names = summaries.filter(({ unit }) => unit === 'bytes').map((one) => one.metric);
  throw new ExpectError('expect/no-metric', `The probe gives no "${metric}" in bytes.`, {
    seen: metric,
    remedy: `It gives ${names.join(', ') || 'nothing in bytes: bench() and memory() measure heap'}.`,
  });
}

interface Judged {
  readonly summary: Summary;
  readonly state: OutcomeState;
  readonly limit: number;
  readonly asked: number;
  readonly measured: Measured;
}

function told({ summary, state, limit, asked, measured: { target, probe } }: Judged): string {
  const title = probeTitle(probe);
  const { metric, unit, confidence, processes } = summary;
  const { estimate, range } = formatInterval(summary, unit);
  const most = formatQuantity(limit, unit);
  const headline = {
    shown: `${title} allocates at most ${most} per operation: ${estimate}.`,
    refuted: `${title} allocates more than ${most} per operation: ${estimate}.`,
    undecided: `${title} was not shown to allocate at most ${most} per operation: undecided.`,
    'no-baseline': '',
  }[state];
  const undecided: Line[] = state === 'undecided' ? [['to decide', decision(summary, asked)]] : [];
  return explanation(headline, [
    [metric, `${estimate}, interval ${range} at ${percent(confidence, Math.floor)}`],
    ['processes', `${processes}`],
    ['wanted', `the whole interval at or below ${most}`],
    ...undecided,
    ['place', placesText([target])],
    ['look closer', measureCommand([target])],
  ]);
}

function decision(summary: Summary, asked: number): string {
  const least = Math.ceil(1 - Math.log2(1 - asked) - 1e-9);
  if (!attains(summary, asked)) {
    return `${least - summary.processes} more: ${least} processes are the fewest that attain ${percent(asked)}: { processes: ${least} }`;
  }
  return 'its processes allocate differently, on both sides of the limit: find out why, or move the limit out of the interval';
}
