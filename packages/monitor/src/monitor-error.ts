import { PerfError } from '@perf/schema/core';

/** What cannot be observed as asked: `monitor/option`, or `monitor/inspector` where V8 gives no session to profile with. */
export class MonitorError extends PerfError {
  override readonly name = 'MonitorError';
}
