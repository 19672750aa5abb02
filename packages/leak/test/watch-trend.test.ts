import { describe, expect, it } from 'vitest';
import type { Reading } from '../src/watch/binned-log.js';
import { lookReach } from '../src/watch/look-level.js';
import { lowerBound, trendOf } from '../src/watch/trend.js';
import { windowsOf } from '../src/watch/windows.js';

const MINUTE_MS = 60_000;
const floor = { perIteration: 1, total: 1 };

/** So many readings a minute apart, by their number. */
function readings(count: number, value: (index: number) => number): Reading[] {
  return Array.from({ length: count }, (_, index) => ({ at: index * MINUTE_MS, value: value(index) }));
}

describe('trendOf', () => {
  it('gives the rate of a line, and the growth over its window', () => {
    const trend = trendOf(
      readings(31, (index) => 1000 + 10 * index),
      floor,
    );
    expect(trend.verdict).toBe('leaking');
    expect(trend.perHour.estimate).toBeCloseTo(600);
    expect(trend.growth).toBeCloseTo(300);
    expect(trend.overMs).toBe(30 * MINUTE_MS);
    expect(trend.p).toBeLessThan(1e-6);
  });

  it('takes a line for a line wherever its readings lie, as collections come', () => {
    const at = [0, 1, 3, 7, 12, 20, 33, 50, 72, 100, 135, 180];
    const line = at.map((minute) => ({ at: minute * MINUTE_MS, value: 1000 + 10 * minute + (minute % 2) }));
    const trend = trendOf(line, floor);
    expect(trend.perHour.estimate).toBeCloseTo(600, -1);
    expect(trend.p).toBeLessThan(0.001);
  });

  it('is less sure of the same rise where neighbours are alike', () => {
    const alone = trendOf(
      readings(32, (index) => 1000 + 10 * index + 60 * (index % 2)),
      floor,
    );
    const alike = trendOf(
      readings(32, (index) => 1000 + 10 * index + 60 * (Math.floor(index / 8) % 2)),
      floor,
    );
    expect(alike.p).toBeGreaterThan(100 * alone.p);
    const width = ({ perHour: { low, high } }: typeof alone) => high - low;
    expect(width(alike)).toBeGreaterThan(1.5 * width(alone));
  });

  it('has a bound that lies lower the more standard errors are asked for', () => {
    const trend = trendOf(
      readings(32, (index) => 1000 + 10 * index + 10 * ((index * 7) % 11)),
      floor,
    );
    expect(lowerBound(trend, 1.96)).toBeCloseTo(trend.perHour.low);
    expect(lowerBound(trend, lookReach(20))).toBeLessThan(lowerBound(trend, lookReach(1)));
  });

  it('finds nothing where nothing is held', () => {
    expect(
      trendOf(
        readings(9, () => 0),
        floor,
      ),
    ).toMatchObject({ verdict: 'steady', p: 1, growth: 0 });
  });
});

describe('lookReach', () => {
  it('leaves 5 % of chance to all looks at five resources and two windows together, however many', () => {
    let chance = 0;
    for (let look = 1; look <= 1e6; look += 1) chance += 5 * 2 * Math.exp(-(lookReach(look) ** 2) / 2);
    expect(chance).toBeLessThanOrEqual(0.05);
    expect(chance).toBeCloseTo(0.05, 6);
  });
});

describe('windowsOf', () => {
  it('judges everything on at most 32 readings, each the least of its neighbours', () => {
    const [all, ...others] = windowsOf(readings(90, (index) => 100 + (index % 3)));
    expect(others).toEqual([]);
    expect(all).toHaveLength(30);
    expect(all?.every(({ value }) => value === 100)).toBe(true);
  });

  it('judges the newest third by itself where it ends above all before', () => {
    const rising = windowsOf(readings(90, (index) => Math.max(0, index - 60)));
    expect(rising.map((window) => window.length)).toEqual([30, 30]);
    expect(rising[1]?.[0]?.at).toBe(60 * MINUTE_MS);
    const backAgain = windowsOf(readings(90, (index) => (index < 30 ? 100 : Math.max(0, index - 60))));
    expect(backAgain).toHaveLength(1);
  });
});
