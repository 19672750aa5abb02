import { performance } from 'node:perf_hooks';
import { gauge } from '../figure.js';
import type { Source } from '../source.js';

/**
 * Period of the timer whose lateness is the delay [ms]: coarse, since waking up is most of what observing costs. A
 * delay is seen shorter by what was left of the period when it began.
 */
const PERIOD_MS = 20;

const figures = [
  gauge('eventLoopDelayMean', 'ns', 'process', 'the event loop did not turn since the last reading'),
  gauge('eventLoopDelayMax', 'ns'),
];

/**
 * How late the event loop was since the last reading: on average and at worst [ns], the timer's own period taken off.
 * A delay that still goes on is in both.
 *
 * A timer of our own: the histogram of `monitorEventLoopDelay` forgets the period in which it is reset, so that a
 * block right after a reading would go unseen. Does not keep the process alive.
 */
export function loopDelay(): Source {
  let worst = 0;
  let sum = 0;
  let turns = 0;
  let last = performance.now();
  const look = () => {
    const now = performance.now();
    const late = Math.max(0, now - last - PERIOD_MS);
    worst = Math.max(worst, late);
    sum += late;
    turns += 1;
    last = now;
  };
  const timer = setInterval(look, PERIOD_MS).unref();
  return {
    figures,
    read(into, at) {
      if (performance.now() - last > PERIOD_MS) look();
      into[at] = turns === 0 ? Number.NaN : (sum / turns) * 1e6;
      into[at + 1] = worst * 1e6;
      worst = 0;
      sum = 0;
      turns = 0;
    },
    close: () => clearInterval(timer),
  };
}
