import { performance } from 'node:perf_hooks';
import type { Timeline, Unit } from '@perf/schema';
import type { FigureName } from '../figure.js';
import { Readings } from '../readings.js';
import { cpu } from '../sources/cpu.js';
import { loopDelay } from '../sources/loop-delay.js';
import { memory } from '../sources/memory.js';
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
  /** Ends what goes on between readings. */
  close(): void;
}

const own: readonly (Series & { readonly of: FigureName })[] = [
  { name: 'cpu', of: 'cpuShare', unit: 'ratio', scope: 'process', thin: 'mean' },
  { name: 'rss', of: 'rss', unit: 'bytes', scope: 'process', thin: 'last' },
  { name: 'heapUsed', of: 'heapUsed', unit: 'bytes', scope: 'process', thin: 'last' },
  { name: 'external', of: 'external', unit: 'bytes', scope: 'process', thin: 'last' },
  { name: 'eventLoopDelay', of: 'eventLoopDelayMax', unit: 'ns', scope: 'process', thin: 'max' },
];

/** This process: CPU, memory and how late its event loop was. */
export function ownSeries(): Reader {
  const readings = new Readings([cpu(), memory(''), loopDelay()]);
  const places = own.map(({ of }) => readings.figures.findIndex(({ name }) => name === of));
  return {
    series: own,
    read() {
      readings.next();
      return places.map((place) => {
        const value = readings.values[place] ?? Number.NaN;
        return Number.isNaN(value) ? null : value;
      });
    },
    close: () => readings.close(),
  };
}

/** Another process, as far as the kernel shows it. */
export function targetSeries(reading: () => TargetReading): Reader {
  let latest = reading();
  const share = shareOfCore(() => latest.cpuNs);
  return {
    series: [
      { name: 'cpu', unit: 'ratio', scope: 'target', thin: 'mean' },
      { name: 'rss', unit: 'bytes', scope: 'target', thin: 'last' },
      { name: 'fds', unit: 'count', scope: 'target', thin: 'last' },
    ],
    read() {
      latest = reading();
      return [share(), latest.rssBytes, latest.fds];
    },
    close: () => undefined,
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
