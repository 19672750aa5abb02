import { setImmediate as loopTurn } from 'node:timers/promises';
import type { Resources, Source } from './source.js';
import { cpu } from './sources/cpu.js';
import { eventLoop } from './sources/event-loop.js';
import { fileSystem } from './sources/file-system.js';
import { garbageCollection } from './sources/garbage-collection.js';
import { memory } from './sources/memory.js';
import { network } from './sources/network.js';
import { steal } from './sources/steal.js';

/** CPU comes last: it is started nearest to what is observed and stopped first, so that it sees least of the others. */
const sources: readonly Source[] = [steal, network, fileSystem, memory, eventLoop, garbageCollection, cpu];

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
  const ends = sources.map((source) => source());
  return {
    async stop() {
      const cpuFirst = ends.at(-1)?.() ?? {};
      await loopTurn();
      await loopTurn();
      const rest = ends.slice(0, -1).map((end) => end());
      return Object.assign(cpuFirst, ...rest);
    },
  };
}
