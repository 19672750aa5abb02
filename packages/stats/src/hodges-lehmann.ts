import { mannWhitney } from './mann-whitney.js';
import { isBelow } from './rounding.js';
import { SampleError } from './sample-error.js';
import { requireConfidence, requirePositiveSample } from './sample-rules.js';
import { type UDistribution, uDistribution } from './u-distribution.js';

/** How many times as large b is as a. */
export interface RatioEstimate {
  /** b over a: 1.2 means that b reads 20 % higher. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  /** Attained by `low` and `high`, not asked: in [0, 1). */
  readonly confidence: number;
  /** Two-sided p of `mannWhitney`, against a ratio of 1. */
  readonly p: number;
}

/**
 * Ratio of two samples by Hodges and Lehmann on logarithms, with the interval that inverts the Mann–Whitney test.
 *
 * The estimate is the median of all ratios b_j / a_i, taken on the log scale: where two are in the middle it is
 * their geometric mean. The bounds are the kth smallest and kth largest of those ratios, with the largest k whose
 * interval attains the confidence asked for. With too few values for any (4 against 4 are the fewest of equal sizes
 * for 0.95) it is the range of the ratios, and `confidence` says what that is worth: 0.9 for 3 against 3.
 *
 * Exact for continuous distributions that differ by a factor; conservative with ties. Beyond n * m = 2500, k comes
 * from the normal approximation.
 *
 * @param a - One value per process, any unit, shape (n), all > 0; read only, any order.
 * @param b - Same unit, shape (m), all > 0; m may differ from n.
 * @param confidence - Asked for, in (0, 1).
 * @throws {SampleError} `stats/too-few`, `stats/not-finite` (also when a ratio is too large or small for a double),
 *   `stats/not-positive`; `stats/out-of-range` for the confidence.
 *
 * Cost: O(n * m * log(n * m)) time, O(n * m) memory, and that of `mannWhitney`.
 * Source: Hodges & Lehmann 1963, "Estimates of location based on rank tests", Annals of Mathematical Statistics
 * 34(2); the interval: Hollander, Wolfe & Chicken 2014, "Nonparametric Statistical Methods", section 4.3.
 */
export function hodgesLehmannRatio(
  a: readonly number[],
  b: readonly number[],
  confidence = 0.95,
): RatioEstimate {
  requirePositiveSample(a, 'sample a');
  requirePositiveSample(b, 'sample b');
  requireConfidence(confidence);
  const ratios = pairwiseRatios(a, b);
  const { rank, attained } = narrowestRank(uDistribution(a.length, b.length), ratios.length, confidence);
  return {
    ratio: geometricMedian(ratios),
    low: ratios[rank - 1] as number,
    high: ratios[ratios.length - rank] as number,
    confidence: attained,
    p: mannWhitney(a, b).p,
  };
}

/** All b_j / a_i, ascending: as their logarithms would be ordered, but without the rounding of log and exp. */
function pairwiseRatios(a: readonly number[], b: readonly number[]): Float64Array {
  const ratios = new Float64Array(a.length * b.length);
  let i = 0;
  for (const before of a) for (const after of b) ratios[i++] = after / before;
  ratios.sort();
  const least = ratios[0] as number;
  const most = ratios[ratios.length - 1] as number;
  if (least === 0 || most === Number.POSITIVE_INFINITY) {
    throw new SampleError(
      'stats/not-finite',
      'The samples are too far apart for their ratio to be a number.',
      {
        seen: [least, most],
        remedy: 'Look for a broken clock or counter: no change is this large.',
      },
    );
  }
  return ratios;
}

function geometricMedian(sorted: Float64Array): number {
  const low = sorted[Math.floor((sorted.length - 1) / 2)] as number;
  const high = sorted[Math.ceil((sorted.length - 1) / 2)] as number;
  // Roots first: the product of two ratios may leave the range of a double. Equal ones stay as they are.
  return low === high ? low : Math.min(high, Math.max(low, Math.sqrt(low) * Math.sqrt(high)));
}

/** The largest k in [1, pairs / 2] whose interval attains the confidence, else 1. By bisection: coverage falls with k. */
function narrowestRank(
  distribution: UDistribution,
  pairs: number,
  confidence: number,
): { rank: number; attained: number } {
  const coverage = (k: number) => 1 - 2 * distribution.lowerTail(k - 1);
  let rank = 1;
  let tooNarrow = Math.floor((pairs + 1) / 2) + 1;
  while (tooNarrow - rank > 1) {
    const k = Math.floor((rank + tooNarrow) / 2);
    if (isBelow(coverage(k), confidence)) tooNarrow = k;
    else rank = k;
  }
  return { rank, attained: Math.max(0, coverage(rank)) };
}
