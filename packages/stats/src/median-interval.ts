import { quantileSorted } from 'simple-statistics';
import { ascending } from './quantile.js';
import { isBelow } from './rounding.js';
import { requireConfidence, requireSample } from './sample-rules.js';

/** An estimate with the interval around it and the confidence that this interval really has. */
export interface ConfidenceInterval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Attained, not asked: in [0, 1). */
  readonly confidence: number;
}

/**
 * The median with an exact interval between two order statistics, by inverting the sign test.
 *
 * Holds for any continuous distribution, and is conservative where values are tied. Of the intervals from the kth
 * smallest to the kth largest value it is the narrowest that attains the confidence asked for. With fewer than 6
 * values none attains 0.95; then it is the range, and `confidence` says what that is worth: 0.9375 for 5 values,
 * 0.75 for 3, 0 for 1.
 *
 * @param values - One per process, any unit, shape (n), n >= 1; read only, any order.
 * @param confidence - Asked for, in (0, 1).
 * @returns Estimate and bounds in the unit of the values.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`; `stats/out-of-range` for the confidence.
 *
 * Cost: O(n log n) time, O(n) memory.
 * Source: David & Nagaraja 2003, "Order Statistics", 3rd edition, section 7.1.
 */
export function medianInterval(values: readonly number[], confidence = 0.95): ConfidenceInterval {
  requireSample(values, 'the values');
  requireConfidence(confidence);
  const n = values.length;
  let rank = 0;
  let attained = 0;
  for (const tail of fairCoinTails(n)) {
    const coverage = 1 - 2 * tail;
    const pastTheMiddle = 2 * (rank + 1) > n + 1;
    if (rank > 0 && (pastTheMiddle || isBelow(coverage, confidence))) break;
    rank += 1;
    attained = Math.max(0, coverage);
  }
  const sorted = ascending(values);
  return {
    estimate: quantileSorted(sorted, 0.5),
    low: sorted[rank - 1] as number,
    high: sorted[n - rank] as number,
    confidence: attained,
  };
}

/**
 * P(at most k heads in n tosses) for k = 0, 1, 2 …
 *
 * Terms and sum are counts, kept in range by exact powers of two: nothing is rounded while counts are below 2^53,
 * so that 3 values attain 0.75 and not 0.7500000000000001.
 */
function* fairCoinTails(n: number): Generator<number> {
  const step = 512;
  let halvings = n;
  let term = 1;
  let sum = 1;
  for (let k = 0; k <= n; k++) {
    yield sum * 2 ** -halvings;
    term = (term * (n - k)) / (k + 1);
    sum += term;
    if (sum > 2 ** step && halvings > step) {
      term *= 2 ** -step;
      sum *= 2 ** -step;
      halvings -= step;
    }
  }
}
