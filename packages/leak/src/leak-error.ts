import { PerfError } from '@perf/schema/core';

/**
 * What @perf/leak cannot do: `leak/not-a-function`, `leak/option`, `leak/detector-state` (a detector used out of
 * order), `leak/snapshot` or `leak/heap-profile` (a file that is not of the form that V8 writes), `leak/inspector` (V8 does
 * not sample the heap), `leak/attach` (another process cannot be examined, or ends), `leak/drive` (a request to it fails),
 * `leak/no-object` (what is to be collected is none), `leak/snapshot-file`, `leak/snapshot-too-large` (none is written) or
 * `leak/watch` (what is held cannot be read).
 */
export class LeakError extends PerfError {
  override readonly name = 'LeakError';
}
