import { mean, medianAbsoluteDeviation, quantileSorted, sampleStandardDeviation } from 'simple-statistics';
import { ascending } from './quantile.js';
import { requireSample } from './sample-rules.js';

/** A sample in eleven figures, all but `n` in the unit of the sample. */
export interface SampleSummary {
  /** Number of values. */
  readonly n: number;
  readonly min: number;
  readonly p25: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
  /** Standard deviation with n - 1 below; NaN for a single value, as in NumPy, since it says nothing of spread. */
  readonly sd: number;
  /** Median absolute deviation from the median, not scaled to the normal distribution. */
  readonly mad: number;
}

/**
 * Describes a sample. The quantiles are exact, of type 7 (see `quantile`).
 *
 * This describes the values of one process. It says nothing of what another process would give: for that, take
 * one value per process and see `medianInterval`.
 *
 * @param samples - Any unit, shape (n), n >= 1; read only, any order.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`.
 *
 * Cost: O(n log n) time, O(n) memory.
 */
export function summary(samples: readonly number[]): SampleSummary {
  requireSample(samples, 'the samples');
  const sorted = ascending(samples);
  const at = (q: number) => quantileSorted(sorted, q);
  return {
    n: sorted.length,
    min: at(0),
    p25: at(0.25),
    median: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p99: at(0.99),
    max: at(1),
    mean: mean(sorted),
    sd: sorted.length === 1 ? Number.NaN : sampleStandardDeviation(sorted),
    mad: medianAbsoluteDeviation(sorted),
  };
}
