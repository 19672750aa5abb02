import { PerfError } from '@perf/schema/core';

/**
 * What keeps a run from starting (`runner/no-such-file`, `runner/no-perf-files`), or a perf file from being measured
 * (`runner/not-erasable`, `runner/not-a-suite`, `runner/probe-vanished`): the latter are kept in measurements.
 */
export class RunnerError extends PerfError {
  override readonly name = 'RunnerError';
}
