import { describe, expect, it } from 'vitest';
import { type LookNews, ResourceLooks } from '../src/watch/resource-looks.js';
import { type WatchOptions, watchSettings } from '../src/watch/watch-options.js';

const MIB = 2 ** 20;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const LIMIT = 4096 * MIB;
/** Of each kind of series. */
const SERIES = 6;

let seed = 1;

function random(): number {
  seed = (seed * 48271) % 2147483647;
  return seed / 2147483647;
}

function normal(): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Noise that forgets itself in so long: neighbours are alike. Called once a minute. */
function noise(deviation: number, memoryMs: number): () => number {
  const kept = Math.exp(-MINUTE_MS / memoryMs);
  let now = normal() * deviation;
  return () => {
    now = kept * now + normal() * deviation * Math.sqrt(1 - kept * kept);
    return now;
  };
}

/** What looks at a series see in so many days, read each minute until its limit. */
function looksAt(
  series: (at: number) => number,
  days: number,
  more: WatchOptions = {},
): (LookNews & { at: number })[] {
  const settings = watchSettings({ intervalMs: MINUTE_MS, budgetBytes: LIMIT, ...more });
  const looks = new ResourceLooks('heap', settings);
  const news: (LookNews & { at: number })[] = [];
  for (let at = 0; at < days * DAY_MS; at += MINUTE_MS) {
    const held = series(at);
    if (held > LIMIT) break;
    looks.log.add(at, held);
    const seen = looks.look(at);
    if (seen !== undefined) news.push({ ...seen, at });
  }
  return news;
}

const wave = (at: number) => Math.sin((2 * Math.PI * at) / DAY_MS);
const healthy: Record<string, () => (at: number) => number> = {
  noise: () => () => (200 + 20 * normal()) * MIB,
  'noise that remembers ten minutes': () => around(noise(20, 10 * MINUTE_MS)),
  'noise that remembers two hours': () => around(noise(20, 2 * HOUR_MS)),
  'noise that remembers half a day': () => around(noise(20, 12 * HOUR_MS)),
  'load of the day': () => swinging(() => 1),
  'load of the week': () => swinging((at) => (Math.floor(at / DAY_MS) % 7 < 5 ? 1 : 0.4)),
  'a cache that fills in ten minutes': () => filling(HOUR_MS / 6),
  'a cache that fills in hours': () => filling(6 * HOUR_MS),
  'a step': () => {
    const [when, more] = [random() * 5 * DAY_MS, noise(3, 10 * MINUTE_MS)];
    return (at) => (100 + (at > when ? 80 : 0) + more()) * MIB;
  },
};

function around(more: () => number): (at: number) => number {
  return () => (200 + more()) * MIB;
}

function swinging(share: (at: number) => number): (at: number) => number {
  const [begin, more] = [random() * 7 * DAY_MS, noise(3, 10 * MINUTE_MS)];
  return (at) => (200 + 50 * share(at + begin) * wave(at + begin) + more()) * MIB;
}

function filling(fullMs: number): (at: number) => number {
  const more = noise(2, 10 * MINUTE_MS);
  return (at) => (100 + 200 * Math.min(1, at / fullMs) + more()) * MIB;
}

/** A leak of so many MiB an hour under noise. */
function leaking(perHour: number, from = 0): (at: number) => number {
  const more = noise(3, 10 * MINUTE_MS);
  return (at) => (100 + (perHour * Math.max(0, at - from)) / HOUR_MS + more()) * MIB;
}

describe('looks at a service that runs for weeks', () => {
  it.each(Object.entries(healthy))('suspect nothing in %s', (_, make) => {
    for (let series = 0; series < SERIES; series += 1) expect(looksAt(make(), 30)).toEqual([]);
  });

  it.each([
    [5, 48],
    [20, 48],
    [700, 3],
  ])('suspect a leak of %i MiB an hour within %i hours, once', (perHour, hours) => {
    for (let series = 0; series < SERIES; series += 1) {
      const [first, ...others] = looksAt(leaking(perHour), 20);
      expect(first?.kind).toBe('suspicion');
      expect(first?.at).toBeLessThanOrEqual(hours * HOUR_MS);
      expect((first?.suspicion.perHour.estimate ?? 0) / MIB / perHour).toBeCloseTo(1, 1);
      expect(others).toEqual([]);
    }
  });

  it('suspect a leak with the requests of a service whose load swings with the day', () => {
    for (let series = 0; series < SERIES; series += 1) {
      const [begin, more] = [random() * DAY_MS, noise(3, 10 * MINUTE_MS)];
      let leaked = 0;
      const news = looksAt((at) => {
        leaked += (20 / 60) * (1 + 0.9 * wave(at + begin));
        return (100 + 15 * wave(at + begin) + leaked + more()) * MIB;
      }, 8);
      expect(news[0]?.kind).toBe('suspicion');
    }
  });

  it('suspect a leak that begins after days of rest', () => {
    const [first] = looksAt(leaking(20, 3 * DAY_MS), 10);
    expect(first?.kind).toBe('suspicion');
    expect(first?.at).toBeGreaterThan(3 * DAY_MS);
  });

  it('say that a suspicion is resolved when half of the growth is gone, and suspect it anew', () => {
    const leak = leaking(50);
    const restart = 4 * DAY_MS;
    const kinds = looksAt((at) => (at < restart ? leak(at) / 2 : leak(at - restart) / 2), 8).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['suspicion', 'resolved', 'suspicion']);
  });

  it('say that a suspicion is resolved when the growth has ended', () => {
    const grown = filling(30 * HOUR_MS);
    const more = noise(2, 10 * MINUTE_MS);
    const news = looksAt((at) => (at < 30 * HOUR_MS ? grown(at) : (300 + more()) * MIB), 20, {
      cycleMs: 8 * HOUR_MS,
    });
    expect(news.map(({ kind }) => kind)).toEqual(['suspicion', 'resolved']);
  });

  it('suspect what is full soon after half an hour, and the same rate with much left after a day alone', () => {
    const [soon] = looksAt(leaking(100), 3, { budgetBytes: 1024 * MIB });
    const [later] = looksAt(leaking(20), 3);
    expect(soon?.suspicion.overMs).toBeLessThan(2 * HOUR_MS);
    expect(later?.suspicion.overMs).toBeGreaterThanOrEqual(DAY_MS);
  });

  it('suspect nothing that grows by less than the floors', () => {
    expect(looksAt(leaking(0.5), 20)).toEqual([]);
    expect(looksAt(leaking(50), 3, { floorBytes: LIMIT })).toEqual([]);
  });
});
