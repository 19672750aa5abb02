import { setTimeout as sleep } from 'node:timers/promises';
import { bench, suite } from '@perf/bench';
import { leak } from '@perf/leak';
import { load, peak, scale } from '@perf/load';
import { LoadingCache } from '../src/cache.ts';
import { cycle, listOf, popular } from './cycle.ts';

const capacity = 1_000;
const keys = listOf(capacity, (index) => `agent:${index}:profile`);

/** A load without a wait: what is measured is the cache, not what it stands before. */
const atOnce = async (key: string): Promise<{ key: string }> => ({ key });

/** A load that takes its time, as from a database in another process. */
async function fromFarAway(key: string): Promise<{ key: string }> {
  await sleep(2);
  return { key };
}

function fullCache(load = atOnce): LoadingCache<{ key: string }> {
  const cache = new LoadingCache<{ key: string }>({
    load,
    max: capacity,
    ttlMs: 600_000,
  });
  for (const key of keys) cache.set(key, { key });
  return cache;
}

/** Twice as many keys as fit, in turn: when its turn comes again, each has been pushed out. */
function missingKeys(): () => string {
  return cycle(listOf(2 * capacity, (index) => `task:${index}:result`));
}

export default suite('cache', {
  'get, hit': bench(({ cache, nextKey }) => cache.get(nextKey()), {
    setup: () => ({ cache: fullCache(), nextKey: cycle(keys) }),
  }),

  // Each key is new and pushes out the oldest.
  'set, full': bench(({ cache, nextKey, value }) => cache.set(nextKey(), value), {
    setup: () => ({ cache: fullCache(), nextKey: missingKeys(), value: { key: 'value' } }),
  }),

  // Ten loads are under way at any time, each of a key of its own.
  'fetch, missing, 10 at once': bench(({ cache, nextKey }) => cache.fetch(nextKey()), {
    concurrency: 10,
    setup: () => ({ cache: fullCache(), nextKey: missingKeys() }),
  }),

  // One loads and nine join it: an operation is all ten of them.
  'fetch, 10 callers of one missing key': bench(
    ({ cache, nextKey }) => {
      const key = nextKey();
      return Promise.all(Array.from({ length: 10 }, () => cache.fetch(key)));
    },
    { setup: () => ({ cache: fullCache(), nextKey: missingKeys() }) },
  ),

  // Few keys are asked for often, many seldom, and not all of them fit.
  'fetch, popular keys': bench(({ cache, nextKey }) => cache.fetch(nextKey()), {
    setup: () => ({
      cache: fullCache(),
      nextKey: popular(listOf(1_200, (index) => `agent:${index}:profile`)),
    }),
    metrics: ({ cache }) => ({ hit_rate: { value: cache.stats().hitRate, unit: 'ratio', better: 'higher' } }),
  }),

  'entries pushed out are let go': leak(({ cache, nextKey }) => cache.fetch(nextKey()), {
    setup: () => ({ cache: fullCache(), nextKey: missingKeys() }),
  }),

  'missing keys, 1 to 100 at once': load(
    ({ cache, nextKey }) => cache.fetch(nextKey()),
    scale({ secondsEach: 0.7 }),
    {
      setup: () => ({ cache: fullCache(fromFarAway), nextKey: missingKeys() }),
    },
  ),

  'missing keys, a rush': load(
    ({ cache, nextKey }) => cache.fetch(nextKey()),
    peak({ from: 10, to: 100, seconds: 5 }),
    {
      setup: () => ({ cache: fullCache(fromFarAway), nextKey: missingKeys() }),
      thresholds: { errorRate: 0 },
    },
  ),
});
