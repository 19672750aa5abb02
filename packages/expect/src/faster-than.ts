import { formatChange } from '@perf/report';
import { type Compared, type Comparison, probeTitle } from '@perf/schema';
import { compareRuns } from '@perf/stats';
import { documentOf } from './document-of.js';
import { type Effort, type EffortOptions, effortOf } from './effort.js';
import { attains, worsening } from './evidence.js';
import { ExpectError } from './expect-error.js';
import { type Measured, measureTargets } from './measure-targets.js';
import type { Outcome, OutcomeState, WhenUndecided } from './outcome.js';
import { type Lead, leadOf } from './quantities.js';
import { readSettings } from './settings.js';
import type { Subject } from './subject.js';
import { targetOf } from './target.js';
import {
  changeText,
  decisionText,
  explanation,
  type Line,
  measureCommand,
  percent,
  placesText,
  plain,
  processesText,
} from './words.js';

export interface FasterOptions extends EffortOptions, WhenUndecided {
  /**
   * How much longer the other must take at least: `10%`, or `3x` for three times as long. Default `5%`, below which
   * `perfkit` takes figures as equal. `0%` means any difference; then its reverse, `not` faster, can hardly be shown.
   */
  readonly by?: Lead;
  /** A judged metric that both have; default `time`. Whether less or more of it is better, it says itself. */
  readonly metric?: string;
}

/**
 * Five of each side can attain 99 %. Samples of a tenth of a second, since the processes differ by more than that
 * resolves.
 */
export const FASTER_DEFAULTS = { processes: 5, timeMs: 100, warmupMs: 200 } as const;

/**
 * Whether a subject is faster than another one: both are measured in fresh processes, interleaved, and compared as
 * `perfkit compare` does.
 *
 * - `shown`: the verdict is `improved` with `by` as threshold: the interval of the ratio, subject over other, lies
 *   below 1 / (1 + by).
 * - `refuted`: the interval attains the confidence and lies at or above that.
 * - `undecided`: anything else.
 *
 * @throws {ExpectError} if it could not be measured or compared.
 *
 * Cost: 2 × `processes` × (`time` + up to `warmup` + about 0.3 s).
 */
export async function fasterThan(
  subject: Subject,
  other: Subject,
  options: FasterOptions = {},
): Promise<Outcome> {
  const by = leadOf('by', options.by ?? '5%');
  const metric = options.metric ?? 'time';
  const target = targetOf(subject);
  const targets = [targetOf(other), target];
  const confidence = readSettings(target.root).confidence ?? 0.95;
  const effort = effortOf(options, { ...FASTER_DEFAULTS, confidence });
  const [a, b] = (await measureTargets(targets, effort)) as [Measured, Measured];
  const comparison = compareRuns(documentOf(a, b.probe), documentOf(b, b.probe), {
    confidence: effort.confidence,
    thresholdOf: () => by,
    labels: { a: probeTitle(a.probe), b: probeTitle(b.probe) },
  });
  const row = rowOf(comparison, metric);
  const state = stateOf(row, by, effort);
  return { state, compared: [row], explanation: told({ row, state, by, a, b }) };
}

function stateOf(row: Compared, by: number, { confidence }: Effort): OutcomeState {
  if (row.verdict === 'improved') return 'shown';
  return attains(row, confidence) && worsening(row).low >= 1 / (1 + by) ? 'refuted' : 'undecided';
}

function rowOf({ comparisons, incomparable }: Comparison, metric: string): Compared {
  const row = comparisons.find((one) => one.metric === metric);
  if (row !== undefined) return row;
  const reason = incomparable.find((one) => one.metric === metric || one.metric === undefined)?.reason;
  const names = [...new Set(comparisons.map((one) => one.metric))].join(', ') || 'none';
  throw new ExpectError(
    'expect/no-comparison',
    `There is nothing to compare of "${metric}".${reason === undefined ? '' : ` ${reason}`}`,
    { seen: metric, remedy: `Judged metrics that both have: ${names}.` },
  );
}

interface Judged {
  readonly row: Compared;
  readonly state: OutcomeState;
  readonly by: number;
  readonly a: Measured;
  readonly b: Measured;
}

function told({ row, state, by, a, b }: Judged): string {
  const targets = [b.target, a.target];
  const lead = by === 0 ? '' : by >= 1 ? ` by ${plain(1 + by)} ×` : ` by ${percent(by)}`;
  const [one, other] = [probeTitle(b.probe), probeTitle(a.probe)];
  const pair = `faster than ${other}${lead}`;
  const headline = {
    shown: `${one} is ${pair}: ${formatChange(row.ratio, row.better, row.unit)}.`,
    refuted: `${one} is not ${pair}: ${formatChange(row.ratio, row.better, row.unit)}.`,
    undecided: `${one} was not shown to be ${pair}: undecided.`,
    'no-baseline': '',
  }[state];
  const limit = row.better === 'lower' ? `below ${plain(1 / (1 + by))}` : `above ${plain(1 + by)}`;
  const undecided: Line[] = state === 'undecided' ? [['to decide', decisionText(row, false)]] : [];
  return explanation(headline, [
    [row.metric, changeText(row, 'against')],
    ['processes', processesText(row)],
    ['wanted', `the whole interval of the ratio ${limit}${by === 0 ? '' : ` (${lead.trim()})`}`],
    ...undecided,
    ['places', placesText(targets)],
    ['look closer', measureCommand(targets, closerFlags(row))],
  ]);
}

function closerFlags({ needed, processes }: Compared): string {
  return `--processes ${Math.max(10, processes.b + (needed ?? 0))}`;
}
