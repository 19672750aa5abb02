import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type FigureName, gauge } from '../figure.js';
import type { Source } from '../source.js';

/** Period of the timer whose lateness is the delay [ms]: coarse, so that it costs the observed code little. */
const RESOLUTION_MS = 20;

const figures = (
  ['eventLoopDelayMean', 'eventLoopDelayP99', 'eventLoopDelayMax'] satisfies readonly FigureName[]
).map((name) => gauge(name, 'ns', 'process', 'the event loop did not turn while it was observed'));

/**
 * How late the event loop was since it was opened [ns], the timer's own period taken off: for one stretch, without any
 * JavaScript that runs meanwhile.
 *
 * Code that never lets the loop turn has no delay to observe while it runs: then there is none, not 0.
 */
export function loopDelayHistogram(): Source {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return {
    figures,
    read(into, at) {
      const late = (delay: number) =>
        histogram.count === 0 ? Number.NaN : Math.max(0, delay - RESOLUTION_MS * 1e6);
      into[at] = late(histogram.mean);
      into[at + 1] = late(histogram.percentile(99));
      into[at + 2] = late(histogram.max);
    },
    close: () => void histogram.disable(),
  };
}
