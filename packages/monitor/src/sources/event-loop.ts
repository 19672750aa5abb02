import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Source } from '../source.js';
import { read, unavailable } from '../source.js';

/** Period of the timer whose lateness is the delay [ms]: coarse, so that it costs the observed code little. */
const RESOLUTION_MS = 20;

/**
 * How late the event loop was [ns], the timer's own period taken off, and the share of time in which it was busy.
 *
 * Code that never lets the loop turn has no delay to observe while it runs: then these are unavailable, not 0.
 */
export const eventLoop: Source = () => {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const before = performance.eventLoopUtilization();
  return () => {
    const { utilization } = performance.eventLoopUtilization(before);
    histogram.disable();
    const lateness = (delay: number) =>
      histogram.count === 0
        ? unavailable('the event loop did not turn while it was observed', 'ns')
        : read(Math.max(0, delay - RESOLUTION_MS * 1e6), 'ns');
    return {
      eventLoopDelayMean: lateness(histogram.mean),
      eventLoopDelayP99: lateness(histogram.percentile(99)),
      eventLoopDelayMax: lateness(histogram.max),
      eventLoopUtilization: read(utilization, 'ratio'),
    };
  };
};
