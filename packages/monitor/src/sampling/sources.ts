import type { OpenSource } from '../source.js';
import { cpu } from '../sources/cpu.js';
import { cpuWait } from '../sources/cpu-wait.js';
import { descriptors } from '../sources/descriptors.js';
import { fileSystem } from '../sources/file-system.js';
import { garbageCollection } from '../sources/garbage-collection.js';
import { heapSpaces } from '../sources/heap-spaces.js';
import { loopDelay } from '../sources/loop-delay.js';
import { loopUtilization } from '../sources/loop-utilization.js';
import { machineCpu } from '../sources/machine-cpu.js';
import { memory } from '../sources/memory.js';
import { network } from '../sources/network.js';
import { groupPressure, machinePressure, pressedResources } from '../sources/pressure.js';
import { throttling } from '../sources/throttling.js';

/** Everything that is observed, in the order of reading. */
export const everySource: readonly OpenSource[] = [
  cpu,
  cpuWait,
  memory,
  heapSpaces,
  garbageCollection,
  loopDelay,
  loopUtilization,
  descriptors,
  fileSystem,
  network,
  machineCpu,
  throttling,
  ...pressedResources.map(machinePressure),
  ...pressedResources.map(groupPressure),
];
