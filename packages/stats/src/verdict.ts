import type { Better, Verdict } from '@perf/schema';
import { isAbove, isBelow } from './rounding.js';
import { requireConfidence, requireThreshold } from './sample-rules.js';

/** What a verdict rests on. */
export interface VerdictEvidence {
  /** Bounds of the ratio b over a, > 0. */
  readonly low: number;
  readonly high: number;
  /** Confidence that the bounds attain. */
  readonly confidence: number;
  /** Two-sided p against a ratio of 1, adjusted for the size of the family. */
  readonly pAdjusted: number;
  readonly better: Better;
  /** Change that still counts as equal, as a fraction, >= 0. */
  readonly threshold: number;
  /** Confidence asked for, in (0, 1). */
  readonly asked: number;
}

/**
 * One of four verdicts on a ratio.
 *
 * - `regressed`, `improved`: the whole interval lies beyond the threshold on that side, the interval attains the
 *   confidence asked for, and the adjusted p is at most 1 - asked.
 * - `equivalent`: the interval attains the confidence asked for and lies within [1 / (1 + threshold),
 *   1 + threshold]; touching is within.
 * - `undecided`: everything else. Too few processes are never "no change".
 *
 * The limits are symmetric for ratios, so that swapping the sides swaps the verdict. With a threshold of 0 any
 * proven change counts, and only an interval of width 0 is equivalent.
 *
 * @throws {SampleError} `stats/out-of-range` for the threshold or the confidence asked for.
 */
export function verdictOf(evidence: VerdictEvidence): Verdict {
  const { low, high, confidence, pAdjusted, better, threshold, asked } = evidence;
  requireThreshold(threshold);
  requireConfidence(asked);
  if (isBelow(confidence, asked)) return 'undecided';
  const place = placeOf(low, high, threshold);
  if (place === 'within') return 'equivalent';
  if (place === 'across' || isAbove(pAdjusted, 1 - asked)) return 'undecided';
  return (place === 'above') === (better === 'lower') ? 'regressed' : 'improved';
}

/** Where the interval of a ratio lies, seen from the band that a threshold allows around 1. */
export type BandPlace = 'below' | 'within' | 'above' | 'across';

/**
 * Places an interval against the band [1 / (1 + threshold), 1 + threshold].
 *
 * @returns `across` when a bound of the band lies inside the interval.
 */
export function placeOf(low: number, high: number, threshold: number): BandPlace {
  const most = 1 + threshold;
  const least = 1 / most;
  if (isAbove(low, most)) return 'above';
  if (isBelow(high, least)) return 'below';
  return isBelow(low, least) || isAbove(high, most) ? 'across' : 'within';
}
