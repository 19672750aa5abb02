import { mannWhitney } from './mann-whitney.js';
import { requirePositiveSample, requireThreshold } from './sample-rules.js';

/** Outcome of two one-sided tests. */
export interface EquivalenceTest {
  /** Against a change of at least the threshold, upwards or downwards: the larger of the two, in (0, 1]. */
  readonly p: number;
  /** p of each of the two tests. */
  readonly tooHigh: number;
  readonly tooLow: number;
}

/**
 * Whether two samples are the same but for a threshold, by two one-sided tests: b is held against a made larger by the
 * threshold, and against a made smaller by it. A small p says that a change that large can be ruled out; a large one
 * does not say that there is a change.
 *
 * It is at most 0.05 exactly when the 90 % interval of `hodgesLehmannRatio` lies within the threshold, without ties.
 *
 * @param a - One value per process, any unit, shape (n), all > 0; read only, any order.
 * @param b - Same unit, shape (m), all > 0; m may differ from n.
 * @param threshold - Change that still counts as equal, as a fraction >= 0: 0.05 is the band from 1 / 1.05 to 1.05.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`, `stats/not-positive`; `stats/out-of-range` for the threshold.
 *
 * Cost: twice that of `mannWhitney`.
 * Source: Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15(6); on ranks: Hauschke, Steinijans &
 * Diletti 1990, International Journal of Clinical Pharmacology 28(2).
 */
export function equivalenceTest(
  a: readonly number[],
  b: readonly number[],
  threshold: number,
): EquivalenceTest {
  requirePositiveSample(a, 'sample a');
  requirePositiveSample(b, 'sample b');
  requireThreshold(threshold);
  const scaled = (factor: number) => a.map((value) => value * factor);
  const tooHigh = belowP(b, scaled(1 + threshold));
  const tooLow = belowP(scaled(1 / (1 + threshold)), b);
  return { p: Math.max(tooHigh, tooLow), tooHigh, tooLow };
}

/** One-sided p: small where the first sample lies below the second. */
function belowP(first: readonly number[], second: readonly number[]): number {
  const { u, p } = mannWhitney(first, second);
  return u < (first.length * second.length) / 2 ? p / 2 : 1 - p / 2;
}
