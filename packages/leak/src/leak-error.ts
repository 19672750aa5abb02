import { PerfError } from '@perf/schema/core';

/**
 * What @perf/leak cannot do: `leak/not-a-function`, `leak/option`, `leak/detector-state` (a detector used out of
 * order) or `leak/snapshot` (a heap snapshot that is not of the form that V8 writes).
 */
export class LeakError extends PerfError {
  override readonly name = 'LeakError';
}
