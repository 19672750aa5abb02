import { describe, expect, it } from 'vitest';
import { LoadingCache } from '../src/cache.ts';

function cacheOf(max: number) {
  const loads: { key: string; give: (value: string) => void; fail: (error: Error) => void }[] = [];
  const clock = { now: 1_000 };
  const cache = new LoadingCache<string>({
    load: (key) => new Promise((give, fail) => loads.push({ key, give, fail })),
    max,
    ttlMs: 100,
    now: () => clock.now,
  });
  return { cache, loads, clock };
}

describe('LoadingCache', () => {
  it('loads a missing value once for all who ask at once', async () => {
    const { cache, loads } = cacheOf(10);
    const asked = Promise.all([cache.fetch('a'), cache.fetch('a'), cache.fetch('a')]);
    expect(loads.map(({ key }) => key)).toEqual(['a']);
    loads[0]?.give('A');
    expect(await asked).toEqual(['A', 'A', 'A']);
    expect(await cache.fetch('a')).toBe('A');
    expect(cache.stats()).toEqual({ hits: 1, misses: 1, joined: 2, evictions: 0, size: 1, hitRate: 0.75 });
  });

  it('rejects for all who wait when a load fails, and loads again for the next', async () => {
    const { cache, loads } = cacheOf(10);
    const asked = Promise.allSettled([cache.fetch('a'), cache.fetch('a')]);
    loads[0]?.fail(new Error('away'));
    expect((await asked).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const again = cache.fetch('a');
    loads[1]?.give('A');
    expect(await again).toBe('A');
  });

  it('gives a value up to its time to live and not after', () => {
    const { cache, clock } = cacheOf(10);
    cache.set('a', 'A');
    clock.now += 100;
    expect(cache.get('a')).toBe('A');
    clock.now += 1;
    expect(cache.get('a')).toBeUndefined();
    expect(cache.stats()).toMatchObject({ hits: 1, misses: 1, size: 0 });
  });

  it('loads an expired value anew', async () => {
    const { cache, loads, clock } = cacheOf(10);
    cache.set('a', 'old');
    clock.now += 101;
    const asked = cache.fetch('a');
    loads[0]?.give('new');
    expect(await asked).toBe('new');
    expect(cache.stats()).toMatchObject({ hits: 0, misses: 1 });
  });

  it('drops the least recently used value when it is full', () => {
    const { cache } = cacheOf(2);
    cache.set('a', 'A');
    cache.set('b', 'B');
    cache.get('a');
    cache.set('c', 'C');
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
    expect(cache.stats().evictions).toBe(1);
  });

  it('counts no eviction for what was replaced, deleted or expired', () => {
    const { cache, clock } = cacheOf(2);
    cache.set('a', 'A');
    cache.set('a', 'B');
    cache.delete('a');
    cache.set('a', 'C');
    clock.now += 101;
    cache.get('a');
    expect(cache.stats()).toMatchObject({ evictions: 0, size: 0 });
  });

  it('gives a value to those who wait for it even if it is pushed out meanwhile', async () => {
    const { cache, loads } = cacheOf(1);
    const first = cache.fetch('a');
    const second = cache.fetch('b');
    loads[0]?.give('A');
    loads[1]?.give('B');
    expect(await Promise.all([first, second])).toEqual(['A', 'B']);
    expect(cache.get('b')).toBe('B');
  });

  it('keeps no value that was deleted while it loaded', async () => {
    const { cache, loads } = cacheOf(10);
    const asked = cache.fetch('a');
    cache.delete('a');
    loads[0]?.give('A');
    expect(await asked).toBe('A');
    expect(cache.get('a')).toBeUndefined();
  });

  it('has a hit rate of 0 before anybody asked', () => {
    expect(cacheOf(1).cache.stats().hitRate).toBe(0);
  });
});
