import { median } from '../quantile.js';
import { SampleError } from '../sample-error.js';
import { requirePositiveSample } from '../sample-rules.js';

/** What one pair of live processes says of b over a. */
export interface PairEstimate {
  /** Median of the logarithms of the ratios of neighbouring batches. */
  readonly logRatio: number;
  /** How far chance within this pair may have moved it, on the log scale; 0 where all ratios are equal. */
  readonly standardError: number;
}

/** Standard deviations of a normal distribution in its median absolute deviation. */
const NORMAL_FROM_MAD = 1.4826;
/** The median of a normal sample varies this much more than its mean: the root of π / 2. */
const MEDIAN_OVER_MEAN = Math.sqrt(Math.PI / 2);

/**
 * The ratio of two processes that took turns: each batch of b is set against the batch of a beside it, so that what
 * slows both for a moment drops out.
 *
 * @param a - Times of the batches, in the order in which they ran, shape (n), all > 0.
 * @param b - Of the batches beside them, shape (n).
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`, `stats/not-positive`; `stats/unequal` if there are not as
 *   many of one as of the other.
 *
 * Cost: O(n log n).
 */
export function pairEstimate(a: readonly number[], b: readonly number[]): PairEstimate {
  requirePositiveSample(a, 'side a of the pair');
  requirePositiveSample(b, 'side b of the pair');
  if (a.length !== b.length) {
    throw new SampleError('stats/unequal', `The pair has ${a.length} batches of a and ${b.length} of b.`, {
      seen: [a.length, b.length],
      remedy: 'Drop a batch from both sides or from none.',
    });
  }
  const ratios = a.map((time, index) => Math.log((b[index] as number) / time));
  const logRatio = median(ratios);
  const deviation = NORMAL_FROM_MAD * median(ratios.map((ratio) => Math.abs(ratio - logRatio)));
  return { logRatio, standardError: (MEDIAN_OVER_MEAN * deviation) / Math.sqrt(ratios.length) };
}
