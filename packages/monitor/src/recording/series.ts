import { performance } from 'node:perf_hooks';
import type { Timeline, Unit } from '@perf/schema';
import type { Lateness } from './lateness.js';
import type { TargetReading } from './target-process.js';

/** One figure over time: what it is, and how two neighbouring values become one when points are thinned. */
export interface Series {
  readonly name: string;
  readonly unit: Unit;
  readonly scope: Timeline['series'][number]['scope'];
  /** `mean` over the time of both, the greater one, or the later one. */
  readonly thin: 'mean' | 'max' | 'last';
}

/** Series and how to read the next value of each: figures of an interval are those since the last reading. */
export interface Reader {
  readonly series: readonly Series[];
  read(): (number | null)[];
}

/** This process: CPU, memory and how late its event loop was. */
export function ownSeries(lateness: Lateness): Reader {
  const cpu = shareOfCore(() => {
    const { user, system } = process.cpuUsage();
    return (user + system) * 1000;
  });
  return {
    series: [
      { name: 'cpu', unit: 'ratio', scope: 'process', thin: 'mean' },
      { name: 'rss', unit: 'bytes', scope: 'process', thin: 'last' },
      { name: 'heapUsed', unit: 'bytes', scope: 'process', thin: 'last' },
      { name: 'external', unit: 'bytes', scope: 'process', thin: 'last' },
      { name: 'eventLoopDelay', unit: 'ns', scope: 'process', thin: 'max' },
    ],
    read() {
      const { rss, heapUsed, external } = process.memoryUsage();
      return [cpu(), rss, heapUsed, external, lateness.take()];
    },
  };
}

/** Another process, as far as the kernel shows it. */
export function targetSeries(reading: () => TargetReading): Reader {
  let latest = reading();
  const cpu = shareOfCore(() => latest.cpuNs);
  return {
    series: [
      { name: 'cpu', unit: 'ratio', scope: 'target', thin: 'mean' },
      { name: 'rss', unit: 'bytes', scope: 'target', thin: 'last' },
      { name: 'fds', unit: 'count', scope: 'target', thin: 'last' },
    ],
    read() {
      latest = reading();
      return [cpu(), latest.rssBytes, latest.fds];
    },
  };
}

/** CPU time since the last call over the time that passed, 1 for one busy core, from a figure that only grows [ns]. */
function shareOfCore(used: () => number | null): () => number | null {
  let before = used();
  let since = performance.now();
  return () => {
    const after = used();
    const now = performance.now();
    const passed = (now - since) * 1e6;
    const share = after === null || before === null || passed <= 0 ? null : (after - before) / passed;
    before = after;
    since = now;
    return share;
  };
}
