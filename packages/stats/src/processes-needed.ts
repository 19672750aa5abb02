import { probit } from 'simple-statistics';
import { isAbove } from './rounding.js';
import { requireConfidence, requireThreshold } from './sample-rules.js';
import { placeOf } from './verdict.js';
import { waysToDeal } from './ways-to-deal.js';

/** An undecided comparison, as far as the plan for more processes depends on it. */
export interface UndecidedComparison {
  /** Estimate and bounds of b over a, > 0. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Confidence that the bounds attain, in [0, 1); 0 for one process on each side. */
  readonly confidence: number;
  /** Processes of each side so far, >= 1; they may differ. */
  readonly processes: { readonly a: number; readonly b: number };
  /** Change that still counts as equal, as a fraction, >= 0. */
  readonly threshold: number;
  /** Confidence asked for, in (0, 1). */
  readonly asked: number;
  /** Comparisons in the Benjamini–Hochberg family, this one included; 1 unless given. */
  readonly family?: number;
}

/** More processes than this on a side are not proposed: then the machine has to become quieter instead. */
export const mostProcesses = 100;

/**
 * How many more processes on each side would decide a comparison. An estimate, not a promise: it takes the present
 * ratio as the true one, and lets the interval shrink on the log scale with sqrt(1/n + 1/m).
 *
 * A change is taken as decided when
 * 1. the smallest p that the exact test can give, 2 / C(n + m, n), times the size of the family is at most
 *    1 - asked: the worst case, in which this is the only real change of the family; 3 against 3 never reach 0.05,
 *    4 against 4 give 0.029; and
 * 2. the interval lies beyond the threshold, and lies clear of 1 also at the confidence 1 - (1 - asked) / family.
 *
 * Equivalence is taken as decided when an interval can attain the confidence asked for and lies within the
 * threshold; the size of the family has no part in it.
 *
 * One process on each side (an attained confidence of 0) says nothing of the spread: the interval has width 0 and is
 * no forecast, nor is the ratio. Then the answer is a lower bound, the fewest with which the test can decide at all by
 * condition 1: 3 more for a single comparison, 5 more in a family of 20.
 *
 * @returns Processes to add to each side, >= 1; undefined if no number up to 100 on a side would decide, such as
 *   when the ratio sits on the threshold.
 * @throws {SampleError} `stats/out-of-range` for the threshold or the confidence asked for.
 *
 * Cost: O(100 * 100).
 */
export function processesNeeded(undecided: UndecidedComparison): number | undefined {
  const { ratio, processes, threshold, asked, family = 1 } = undecided;
  requireThreshold(threshold);
  requireConfidence(asked);
  const wholeFamily = 1 - (1 - asked) / family;
  for (let more = 1; Math.max(processes.a, processes.b) + more <= mostProcesses; more++) {
    const p = leastP(processes.a + more, processes.b + more);
    if (isAbove(p, 1 - asked)) continue;
    const provable = !isAbove(p * family, 1 - asked);
    if (undecided.confidence <= 0) {
      if (provable) return more;
      continue;
    }
    const { low, high } = expectedInterval(undecided, more, asked);
    const place = placeOf(low, high, threshold);
    if (place === 'within') return more;
    if (place === 'across' || !provable) continue;
    const strict = expectedInterval(undecided, more, wholeFamily);
    if (placeOf(strict.low, strict.high, 0) === (ratio > 1 ? 'above' : 'below')) return more;
  }
  return undefined;
}

/** The smallest two-sided p that the exact Mann–Whitney test can give. */
function leastP(n: number, m: number): number {
  return Math.min(1, 2 / waysToDeal(n, m));
}

/** The interval as it should be with `more` processes on each side, at a confidence of choice. */
function expectedInterval(
  { ratio, low, high, confidence: attained, processes: { a, b } }: UndecidedComparison,
  more: number,
  confidence: number,
): { low: number; high: number } {
  const fewer = Math.sqrt((1 / (a + more) + 1 / (b + more)) / (1 / a + 1 / b));
  // An interval of few processes is often worth less than was asked for: 0.9 for 3 against 3. It would be wider
  // at the full confidence, by about the ratio of the normal quantiles. One that is worth more is left as it is.
  const wider = Math.max(1, normalQuantile(confidence) / normalQuantile(attained));
  const power = fewer * wider;
  return { low: ratio * (low / ratio) ** power, high: ratio * (high / ratio) ** power };
}

/** Half-width of the central interval of that confidence, in standard deviations. Good to 1 %: enough for a plan. */
function normalQuantile(confidence: number): number {
  return probit((1 + confidence) / 2);
}
