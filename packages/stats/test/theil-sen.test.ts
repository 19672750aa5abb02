import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { theilSen } from '../src/index.js';
import { seededRandom } from '../src/seeded-random.js';
import { mannKendall } from '../src/trend/mann-kendall.js';
import { relativeError } from './reference.js';

const { slopes } = JSON.parse(
  readFileSync(new URL('../reference/trend-scipy.json', import.meta.url), 'utf8'),
) as { slopes: { values: number[]; slope: number; low: number; high: number; p: number }[] };

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (
    ((sorted[Math.floor((sorted.length - 1) / 2)] ?? 0) + (sorted[Math.floor(sorted.length / 2)] ?? 0)) / 2
  );
}

/** All orders of so many values. */
function* orders(values: readonly number[]): Generator<number[]> {
  if (values.length < 2) yield [...values];
  for (const [i, value] of values.entries()) {
    for (const rest of orders(values.toSpliced(i, 1))) yield [value, ...rest];
  }
}

test('slope and p of independent values are those of SciPy', () => {
  for (const { values, slope, p } of slopes) {
    expect(relativeError(theilSen(values).perPoint * middle(values), slope)).toBeLessThan(1e-12);
    expect(relativeError(mannKendall(values).p, p)).toBeLessThan(1e-10);
  }
});

test('p is the share of orders that agree as much, with unequal sizes', () => {
  for (const values of [
    [1, 2, 4],
    [3, 1, 2, 5],
    [2, 1, 3, 4, 6],
    [1, 5, 2, 3, 6, 4],
  ]) {
    const score = Math.abs(mannKendall(values).score);
    const all = [...orders(values)];
    const share = all.filter((order) => Math.abs(mannKendall(order).score) >= score).length / all.length;
    expect(mannKendall(values).p).toBeCloseTo(score === 0 ? 1 : share, 12);
  }
});

const someSeries = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 3, maxLength: 30 });

test('the slope lies in its interval, does not depend on the unit and turns round with the series', () => {
  fc.assert(
    fc.property(someSeries, (values) => {
      const slope = theilSen(values);
      expect(slope.low).toBeLessThanOrEqual(slope.perPoint);
      expect(slope.high).toBeGreaterThanOrEqual(slope.perPoint);
      const scaled = theilSen(values.map((value) => value * 1024));
      expect(scaled).toEqual(slope);
      const back = theilSen(values.toReversed());
      expect(back.perPoint).toBeCloseTo(-slope.perPoint, 12);
      expect(back.p).toBeCloseTo(slope.p, 9);
    }),
    { seed: 3 },
  );
});

test('a constant series has no slope', () => {
  expect(theilSen([5, 5, 5, 5, 5])).toEqual({ perPoint: 0, low: 0, high: 0, p: 1 });
});

test('a quarter of wild values does not move it far', () => {
  const values = Array.from({ length: 40 }, (_, i) => 100 + i);
  const wild = values.map((value, i) => (i % 5 === 2 ? value * 50 : value));
  expect(theilSen(wild).perPoint).toBeCloseTo(1 / middle(wild), 3);
});

test('noise whose neighbours are alike is called a slope about as seldom as asked', () => {
  const random = seededRandom(17);
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  let called = 0;
  for (let round = 0; round < 400; round++) {
    let last = normal();
    const values = Array.from({ length: 60 }, () => {
      last = 0.5 * last + Math.sqrt(0.75) * normal();
      return 100 + 5 * last;
    });
    if (theilSen(values).p <= 0.05) called += 1;
  }
  // Without the correction a quarter of them would be.
  expect(called / 400).toBeLessThan(0.1);
});

test('too few values, NaN, and levels of 0 are refused', () => {
  for (const [values, code] of [
    [[], 'stats/too-few'],
    [[1, 2], 'stats/too-few'],
    [[1, Number.NaN, 3], 'stats/not-finite'],
    [[0, 0, 0], 'stats/not-positive'],
  ] as const) {
    expect(() => theilSen(values)).toThrow(expect.objectContaining({ code }));
  }
});
