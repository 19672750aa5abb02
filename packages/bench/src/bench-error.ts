import { PerfError } from '@perf/schema/core';

/**
 * A benchmark that cannot be measured as written: `bench/not-a-function`, `bench/option`, `bench/sync-concurrency` or
 * `bench/metric`; in a file of another tool also `bench/unsupported` or `bench/not-collecting`.
 */
export class BenchError extends PerfError {
  override readonly name = 'BenchError';
}
