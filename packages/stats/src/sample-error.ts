import { PerfError, type PerfErrorOptions } from '@perf/schema/core';

/**
 * Which argument rule was broken: too few values, NaN or an infinity among them, a value of 0 or below where a
 * ratio is taken, or a setting (quantile, confidence, threshold, p) outside its range.
 */
export type SampleErrorCode =
  | 'stats/too-few'
  | 'stats/not-finite'
  | 'stats/not-positive'
  | 'stats/out-of-range'
  | 'stats/unequal';

/** Values that no honest figure can be computed from. */
export class SampleError extends PerfError {
  override readonly name = 'SampleError';
  declare readonly code: SampleErrorCode;

  constructor(code: SampleErrorCode, message: string, options?: PerfErrorOptions) {
    super(code, message, options);
  }
}
