import { constants, type PerformanceEntry, PerformanceObserver } from 'node:perf_hooks';
import { counter, type Figure, gauge } from '../figure.js';
import type { Source } from '../source.js';

/** Kinds of pauses, with the flag that V8 gives each. Minor is a scavenge, major is mark-sweep-compact. */
const kinds = [
  ['gcMinor', constants.NODE_PERFORMANCE_GC_MINOR],
  ['gcMajor', constants.NODE_PERFORMANCE_GC_MAJOR],
  ['gcIncremental', constants.NODE_PERFORMANCE_GC_INCREMENTAL],
  ['gcWeakCallbacks', constants.NODE_PERFORMANCE_GC_WEAKCB],
] as const;

const figures: readonly Figure[] = [
  counter('gcTime', 'ns'),
  gauge('gcLongest', 'ns'),
  ...kinds.flatMap(([name]) => [counter(name, 'count'), counter(`${name}Time`, 'ns')]),
];

/**
 * Pauses of the garbage collector: the time of all [ns] and the longest since the last reading, and by kind how many
 * there were and how long they took: scavenges (`gcMinor`), mark-sweep (`gcMajor`), steps of marking
 * (`gcIncremental`) and callbacks of weak references (`gcWeakCallbacks`).
 *
 * V8 delivers its entries when the event loop turns, so whoever blocked the loop must let it turn once before the last
 * reading. Work of the collector on other threads is not a pause and shows in CPU time only.
 */
export function garbageCollection(): Source {
  const totals = new Float64Array(2 * kinds.length);
  let time = 0;
  let longest = 0;
  const take = (entries: readonly PerformanceEntry[]) => {
    for (const entry of entries) {
      const pause = entry.duration * 1e6;
      time += pause;
      longest = Math.max(longest, pause);
      const kind = kinds.findIndex(([, flag]) => flag === kindOf(entry));
      if (kind < 0) continue;
      totals[2 * kind] = (totals[2 * kind] ?? 0) + 1;
      totals[2 * kind + 1] = (totals[2 * kind + 1] ?? 0) + pause;
    }
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  return {
    figures,
    read(into, at) {
      take(observer.takeRecords());
      into[at] = time;
      into[at + 1] = longest;
      into.set(totals, at + 2);
      longest = 0;
    },
    close: () => observer.disconnect(),
  };
}

function kindOf(entry: PerformanceEntry): unknown {
  return 'detail' in entry &&
    entry.detail !== null &&
    typeof entry.detail === 'object' &&
    'kind' in entry.detail
    ? entry.detail.kind
    : undefined;
}
