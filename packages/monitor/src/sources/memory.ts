import { getHeapStatistics } from 'node:v8';
import { gauge } from '../figure.js';
import { KernelFile } from '../machine/kernel-file.js';
import type { OpenSource } from '../source.js';

const figures = (['rss', 'rssPeak', 'heapTotal', 'heapUsed', 'external', 'arrayBuffers'] as const).map(
  (name) => gauge(name, 'bytes'),
);

/**
 * Memory of this process, and the highest RSS of its whole life [bytes].
 *
 * Array buffers are part of what is external, and only `process.memoryUsage` gives them: it opens a file each time and
 * takes as long as all other memory figures together, so it is asked when what is external has changed.
 *
 * Source: /proc/self/statm, elsewhere than on Linux `process.memoryUsage`; `v8.getHeapStatistics`; the peak from
 * getrusage(2), which counts in KiB.
 */
export const memory: OpenSource = (root) => {
  const resident = residentSet(root);
  let external = Number.NaN;
  let arrayBuffers = Number.NaN;
  return {
    figures,
    read(into, at) {
      const heap = getHeapStatistics();
      if (heap.external_memory !== external) {
        external = heap.external_memory;
        arrayBuffers = process.memoryUsage().arrayBuffers;
      }
      into[at] = resident.bytes();
      into[at + 1] = process.resourceUsage().maxRSS * 1024;
      into[at + 2] = heap.total_heap_size;
      into[at + 3] = heap.used_heap_size;
      into[at + 4] = external;
      into[at + 5] = arrayBuffers;
    },
    close: () => resident.close(),
  };
};

function residentSet(root: string): { bytes(): number; close(): void } {
  const file = KernelFile.open(`${root}/proc/self/statm`);
  if (typeof file === 'string') return { bytes: () => process.memoryUsage.rss(), close: () => undefined };
  const pages = () => {
    if (!file.read()) return Number.NaN;
    file.integer();
    return file.integer();
  };
  const pageBytes = 2 ** Math.round(Math.log2(process.memoryUsage.rss() / pages()));
  return { bytes: () => pages() * pageBytes, close: () => file.close() };
}
