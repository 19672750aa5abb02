import { PerfError } from '@perf/schema/core';

/**
 * What keeps a run from starting: `runner/no-such-file`, `runner/no-perf-files`; or what became of a probe's process,
 * kept in its measurement: `runner/timed-out`, `runner/crashed`, `runner/not-a-suite`, `runner/duplicate-probe`.
 */
export class RunnerError extends PerfError {
  override readonly name = 'RunnerError';
}
