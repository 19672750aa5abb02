import { performance } from 'node:perf_hooks';
import { gauge } from '../figure.js';
import type { Source } from '../source.js';

const figures = [
  gauge('eventLoopUtilization', 'ratio', 'process', 'the event loop of this thread has not begun'),
];

/** Share of time in which the event loop was busy, since the last reading. */
export function loopUtilization(): Source {
  let idle = 0;
  let active = 0;
  return {
    figures,
    read(into, at) {
      const now = performance.eventLoopUtilization();
      const busy = now.active - active;
      into[at] = busy / (busy + now.idle - idle);
      idle = now.idle;
      active = now.active;
    },
    close: () => undefined,
  };
}
