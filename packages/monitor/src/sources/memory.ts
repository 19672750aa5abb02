import type { Source } from '../source.js';
import { read } from '../source.js';

/**
 * Memory of this process when observing ends, and the highest RSS of its whole life [bytes].
 *
 * Source: `process.memoryUsage`; the peak from getrusage(2), which counts in KiB.
 */
export const memory: Source = () => () => {
  const { rss, heapTotal, heapUsed, external, arrayBuffers } = process.memoryUsage();
  return {
    rss: read(rss, 'bytes'),
    rssPeak: read(process.resourceUsage().maxRSS * 1024, 'bytes'),
    heapTotal: read(heapTotal, 'bytes'),
    heapUsed: read(heapUsed, 'bytes'),
    external: read(external, 'bytes'),
    arrayBuffers: read(arrayBuffers, 'bytes'),
  };
};
