import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import type { Source } from '../source.js';
import { read } from '../source.js';

/**
 * Pauses of the garbage collector: sum and longest of all [ns], and how many of them were minor and major collections
 * (the others are steps of marking and callbacks of weak references).
 *
 * V8 delivers its entries when the event loop turns, so whoever blocked the loop must let it turn once before the end;
 * `Watch.stop` does. Work of the collector on other threads is not a pause and shows in CPU time only.
 */
export const garbageCollection: Source = () => {
  let total = 0;
  let longest = 0;
  let minor = 0;
  let major = 0;
  const take = (entries: readonly PerformanceEntry[]) => {
    for (const entry of entries) {
      const pause = entry.duration * 1e6;
      total += pause;
      longest = Math.max(longest, pause);
      const kind = kindOf(entry);
      if (kind === constants.NODE_PERFORMANCE_GC_MINOR) minor += 1;
      if (kind === constants.NODE_PERFORMANCE_GC_MAJOR) major += 1;
    }
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return () => {
    take(observer.takeRecords());
    observer.disconnect();
    return {
      gcTime: read(total, 'ns'),
      gcLongest: read(longest, 'ns'),
      gcMinor: read(minor, 'count'),
      gcMajor: read(major, 'count'),
    };
  };
};

function kindOf(entry: PerformanceEntry): unknown {
  return 'detail' in entry &&
    entry.detail !== null &&
    typeof entry.detail === 'object' &&
    'kind' in entry.detail
    ? entry.detail.kind
    : undefined;
}
