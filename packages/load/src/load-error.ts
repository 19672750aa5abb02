import { PerfError } from '@perf/schema/core';

/**
 * A load that cannot be generated as written: `load/target`, `load/option`, `load/shape`, `load/url`, or a server that
 * did not start: `load/server`. In measurements of which no operation succeeded: `load/nothing-succeeded`.
 */
export class LoadError extends PerfError {
  override readonly name = 'LoadError';
}
