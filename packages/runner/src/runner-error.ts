import { PerfError } from '@perf/schema/core';

/**
 * What keeps a run from starting (`runner/no-such-file`, `runner/no-perf-files`, `runner/only`), or a perf file from being measured
 * (`runner/not-erasable`, `runner/not-a-suite`, `runner/probe-vanished`,
 * `runner/no-globals`, `runner/no-benchmarks`, `runner/ended-early`): the latter are kept in measurements.
 */
export class RunnerError extends PerfError {
  override readonly name = 'RunnerError';
}
