import { PerfError } from '@perf/schema/core';

/**
 * A benchmark that cannot be measured as written: `bench/not-a-function`, `bench/option`, `bench/sync-concurrency` or
 * `bench/metric`.
 */
export class BenchError extends PerfError {
  override readonly name = 'BenchError';
}
