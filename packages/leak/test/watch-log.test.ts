import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BinnedLog } from '../src/watch/binned-log.js';
import { HeldAfterCollections } from '../src/watch/held-after-collections.js';

const END = Number.POSITIVE_INFINITY;
const HOUR_MS = 3_600_000;

describe('BinnedLog', () => {
  it('keeps the least reading of each bin that is over, at its own time', () => {
    const log = new BinnedLog(10, HOUR_MS);
    for (const [at, value] of [
      [1, 5],
      [4, 3],
      [9, 4],
      [12, 8],
      [35, 2],
    ] as const)
      log.add(at, value);
    const first = [
      { at: 4, value: 3 },
      { at: 12, value: 8 },
    ];
    expect(log.readings(39)).toEqual(first);
    expect(log.readings(40)).toEqual([...first, { at: 35, value: 2 }]);
  });

  it('reaches back over everything in at most 96 readings, with wider and wider bins', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(1e9)), { maxLength: 2000 }), (steps) => {
        const log = new BinnedLog(10, END);
        let now = 0;
        const added = steps.map(([pause, value]) => {
          now += pause;
          log.add(now, value);
          return { at: now, value };
        });
        const readings = log.readings(END);
        expect(readings.length).toBeLessThanOrEqual(96);
        expect(readings.every(({ at }, index) => at > (readings[index - 1]?.at ?? -1))).toBe(true);
        for (const reading of readings) expect(added).toContainEqual(reading);
        const least = Math.min(...added.map(({ value }) => value));
        if (added.length > 0) expect(Math.min(...readings.map(({ value }) => value))).toBe(least);
      }),
      { numRuns: 50 },
    );
  });

  it('forgets what is older than it is to reach back, and no more than half of that', () => {
    const log = new BinnedLog(10, 96 * 40);
    for (let at = 0; at < 100_000; at += 10) log.add(at, at);
    const oldest = log.readings(END)[0]?.at ?? 0;
    expect(100_000 - oldest).toBeLessThanOrEqual(96 * 40);
    expect(100_000 - oldest).toBeGreaterThan(96 * 20 - 40);
  });

  it('leaves out what could not be read', () => {
    const log = new BinnedLog(10, HOUR_MS);
    log.add(1, Number.NaN);
    expect(log.readings(END)).toEqual([]);
  });
});

describe('HeldAfterCollections', () => {
  function held(between: readonly number[], left: number | undefined): number[] {
    const log = new BinnedLog(1, HOUR_MS);
    const readings = new HeldAfterCollections(log, new BinnedLog(1, HOUR_MS));
    readings.add(0, 1e9);
    readings.collected(10, 100);
    for (const [index, value] of between.entries()) readings.add(11 + index, value);
    readings.collected(100, left);
    return log.readings(END).map(({ value }) => value);
  }

  it('takes what a full collection left, and nothing that came before the first', () => {
    expect(held([150, 200, 300], 110)).toEqual([100]);
  });

  it('takes all readings between two collections where the second one found hardly any garbage', () => {
    expect(held([150, 200, 300], 285)).toEqual([100, 150, 200, 300]);
  });

  it('is not misled by a reading that came after the second collection, before it was noticed', () => {
    expect(held([150, 200, 300, 112], 110)).toEqual([100]);
  });

  it('takes the least reading between them where it is not known what was left', () => {
    expect(held([150, 90, 300], undefined)).toEqual([90]);
  });
});
