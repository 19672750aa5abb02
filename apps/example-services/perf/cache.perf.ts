import { bench, suite } from '@perf/bench';
import { LoadingCache } from '../src/cache.ts';
import { cycle, listOf } from './cycle.ts';

const capacity = 1_000;
const keys = listOf(capacity, (index) => `agent:${index}:profile`);

function fullCache(): LoadingCache<{ key: string }> {
  const cache = new LoadingCache<{ key: string }>({
    // A load without a wait: what is measured is the cache, not what it stands before.
    load: async (key) => ({ key }),
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
});
