import { PerfError } from '@perf/schema/core';

/**
 * What @perf/leak cannot do: `leak/not-a-function`, `leak/option`, `leak/detector-state` (a detector used out of
 * order), `leak/snapshot` or `leak/heap-profile` (a file that is not of the form that V8 writes), `leak/inspector` (V8 does
 * not sample the heap), `leak/attach` (another process cannot be examined, or ends) or `leak/drive` (a request to it fails).
 */
export class LeakError extends PerfError {
  override readonly name = 'LeakError';
}
