import { quantileSorted } from 'simple-statistics';
import { requireFraction, requireSample } from './sample-rules.js';

/**
 * A quantile by linear interpolation between order statistics: type 7, the default of NumPy and R.
 *
 * @param samples - Any unit, shape (n), n >= 1; read only, any order.
 * @param q - Fraction in [0, 1]: 0.5 is the median, 0.99 is p99.
 * @returns The quantile, in the unit of the samples.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`; `stats/out-of-range` for q.
 *
 * Cost: O(n log n) time, O(n) memory.
 * Source: Hyndman & Fan 1996, "Sample quantiles in statistical packages", The American Statistician 50(4).
 */
export function quantile(samples: readonly number[], q: number): number {
  requireSample(samples, 'the samples');
  requireFraction(q, 'quantile');
  return quantileSorted(ascending(samples), q);
}

/** The median: the middle value, or half way between the middle two. Arguments and errors as `quantile`. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** A sorted copy. `Array.prototype.sort` alone would sort numbers as text, and with a function it is slower. */
export function ascending(values: readonly number[]): number[] {
  return Array.from(Float64Array.from(values).sort());
}
