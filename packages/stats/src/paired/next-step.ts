import type { Measurement, Verdict } from '@perf/schema';
import { metricsOfPair } from '../metrics-of-pair.js';
import { bestPairTime } from './best-pair-time.js';
import { verdictOfRound } from './confirmation.js';
import { estimatePairs } from './estimate-pairs.js';
import { looks, looksWithin, nextLook, plannedLooks } from './looks.js';
import { measuredPairs, pairPoints } from './paired-measurements.js';

/** When measuring one probe in pairs is over. */
export interface SequenceRules {
  /** Change that still counts as equal, as a fraction, for a metric. */
  readonly thresholdOf: (metric: string) => number;
  /** In (0, 1). */
  readonly confidence: number;
  /** Pairs of one series, at most. */
  readonly mostPairs: number;
  /** Time of one series [ms]: no pair is begun that would last longer; the pairs of the first look are made even so. */
  readonly limitMs: number;
  /** Bounds of the time for the batches of a pair [ms]. */
  readonly pairMs: { readonly least: number; readonly most: number };
}

/** What the pairs of a probe took so far. */
export interface Spent {
  /** Pairs of the present series that were begun; what the last of them measured may still be on its way. */
  readonly begun: number;
  /** Since the present series began [ms]. */
  readonly elapsedMs: number;
  /** On the batches of one pair, on average [ms], and on its start and end. */
  readonly batchesMs: number;
  readonly otherMs: number;
}

export type Step =
  /** Measure one more pair in this series, for so long [ms]; once it is settled, of a series with so many looks. */
  | {
      readonly do: 'pair';
      readonly round: 1 | 2;
      readonly timeMs: number;
      readonly looks?: number;
    }
  | { readonly do: 'stop' };

/** So many failed pairs are enough to know that it fails. */
const ENOUGH_FAILURES = 2;

/**
 * What to do after the pairs of one probe so far: measure another one, begin a fresh series that is to confirm a change,
 * or stop.
 *
 * The first series goes on until every judged metric is decided, looked at only at the numbers of pairs in `looks`, or
 * until pairs or time run out. A series that shows a change is followed by a fresh one, which goes on until it says the
 * same of what was flagged, or runs out.
 *
 * @param measurements - All of the probe, of either side.
 */
export function nextStep(
  measurements: { readonly a: readonly Measurement[]; readonly b: readonly Measurement[] },
  spent: Spent,
  rules: SequenceRules,
): Step {
  const round = measurements.b.some(({ pairing }) => pairing?.round === 2) ? 2 : 1;
  const timeMs = Math.min(rules.pairMs.most, Math.max(rules.pairMs.least, spent.batchesMs));
  const failures = [...measurements.a, ...measurements.b].filter(({ status }) => status !== 'ok').length;
  if (failures >= ENOUGH_FAILURES) return { do: 'stop' };
  const pairs = measuredPairs(measurements);
  const ofRound = pairs.filter((pair) => pair.round === round);
  const look = ofRound.length;
  const first = looks[0] as number;
  if (look < first && spent.begun < first - 1) return { do: 'pair', round, timeMs };
  const planned = look < first ? looksThatFit(spent, rules) : plannedLooks(ofRound);
  const another = { do: 'pair', round, timeMs, looks: planned } as const;
  if (look < first) return another;
  const late = spent.elapsedMs + spent.batchesMs + spent.otherMs > rules.limitMs;
  const over = look >= rules.mostPairs || late || nextLook(look, planned) === undefined;
  if (!looks.includes(look) && !over) return another;
  const verdicts = verdictsOf(measurements, rules);
  const open =
    round === 1
      ? verdicts.some(({ first }) => first === 'undecided')
      : verdicts.some(({ first, fresh }) => changed(first) && fresh === 'undecided');
  if (open && !over) {
    const points = pairPoints(ofRound, 'time', undefined);
    return { ...another, timeMs: bestPairTime(points, spent, rules.pairMs) };
  }
  if (round === 1 && verdicts.some(({ first }) => changed(first))) return { do: 'pair', round: 2, timeMs };
  return { do: 'stop' };
}

/** How many looks there will be, from what the pairs so far took: settled before the first, as each costs error. */
function looksThatFit({ batchesMs, otherMs }: Spent, { mostPairs, limitMs }: SequenceRules): number {
  const pairs = limitMs / Math.max(1, batchesMs + otherMs);
  return looksWithin(Math.min(mostPairs, Math.round(pairs)));
}

/** Of each judged metric, what the first and the fresh series say by themselves. */
function verdictsOf(
  { a, b }: Parameters<typeof nextStep>[0],
  { thresholdOf, confidence }: SequenceRules,
): { first: Verdict; fresh: Verdict }[] {
  const probe = b[0]?.probe ?? a[0]?.probe;
  if (probe === undefined) return [];
  const pairs = measuredPairs({ a, b });
  return metricsOfPair({ probe, a, b }, { a: 'a', b: 'b' }).flatMap((metric) => {
    if ('reason' in metric) return [];
    const { better } = metric.b;
    const points = estimatePairs(pairs, metric, confidence).pairs ?? [];
    const rules = { better, threshold: thresholdOf(metric.b.metric), asked: confidence };
    return [{ first: verdictOfRound(points, 1, rules), fresh: verdictOfRound(points, 2, rules) }];
  });
}

function changed(verdict: Verdict): boolean {
  return verdict === 'regressed' || verdict === 'improved';
}
