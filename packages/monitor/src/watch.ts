import { setImmediate as loopTurn } from 'node:timers/promises';
import type { Resource } from '@perf/schema';
import type { Figure, FigureName } from './figure.js';
import { Readings } from './readings.js';
import { cpu } from './sources/cpu.js';
import { fileSystem } from './sources/file-system.js';
import { garbageCollection } from './sources/garbage-collection.js';
import { loopDelayHistogram } from './sources/loop-delay-histogram.js';
import { loopUtilization } from './sources/loop-utilization.js';
import { machineCpu } from './sources/machine-cpu.js';
import { memory } from './sources/memory.js';
import { network } from './sources/network.js';

/** Figures by name, such as `cpuUser` or `rss`. What cannot be read here says why; it is never 0. */
export type Resources = Record<string, Resource>;

/** CPU is apart: it is started nearest to what is observed and stopped first, so that it sees least of the others. */
const sources = [
  machineCpu,
  network,
  fileSystem,
  memory,
  loopDelayHistogram,
  loopUtilization,
  garbageCollection,
] as const;

/** Those of its sources' figures that say more of a series than of one stretch. */
const leftOut: ReadonlySet<FigureName> = new Set<FigureName>([
  'gcIncremental',
  'gcIncrementalTime',
  'gcMajorTime',
  'gcMinorTime',
  'gcWeakCallbacks',
  'gcWeakCallbacksTime',
  'machineCpuIdle',
  'machineCpuSystem',
  'machineCpuUser',
]);

/** Observation of this process and its machine, from `watch()` to `stop()`. */
export interface Watch {
  /**
   * Ends the observation and gives what every source saw. Lets the event loop turn first, since V8 reports
   * collections only then. Call it once.
   */
  stop(): Promise<Resources>;
}

/** Begins to observe this process and its machine. Nothing is printed, nothing kept after `stop`. */
export function watch(): Watch {
  const rest = new Readings(sources.map((open) => open('')));
  const ownCpu = new Readings([cpu()]);
  return {
    async stop() {
      ownCpu.next();
      await loopTurn();
      await loopTurn();
      rest.next();
      const resources = { ...resourcesOf(ownCpu), ...resourcesOf(rest) };
      ownCpu.close();
      rest.close();
      return resources;
    },
  };
}

function resourcesOf(readings: Readings): Resources {
  return Object.fromEntries(
    readings.figures.flatMap((figure, index) =>
      leftOut.has(figure.name) ? [] : [[figure.name, resourceOf(readings, figure, index)]],
    ),
  );
}

function resourceOf(readings: Readings, { unit, scope: of }: Figure, index: number): Resource {
  const scope = of === 'process' ? of : 'machine';
  const value = readings.values[index] ?? Number.NaN;
  return Number.isNaN(value) ? { unavailable: readings.reason(index), unit, scope } : { value, unit, scope };
}
