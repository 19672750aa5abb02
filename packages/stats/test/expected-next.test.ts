import { expect, test } from 'vitest';
import { expectedNext, trendOf } from '../src/index.js';
import { seededRandom } from '../src/seeded-random.js';
import { logNormal } from './seeded-random.js';

test('a new value of an unchanged series lies within the bounds as often as asked', () => {
  const random = seededRandom(3);
  for (const confidence of [0.9, 0.996]) {
    let within = 0;
    for (let trial = 0; trial < 400; trial++) {
      const values = logNormal(random, 5 + (trial % 30), 0.05);
      const { low, high } = expectedNext(values.slice(0, -1), { confidence, rounds: 199 }) ?? {
        low: 0,
        high: Infinity,
      };
      const next = values.at(-1) as number;
      if (next >= low && next <= high) within += 1;
    }
    expect(within / 400).toBeGreaterThan(confidence - 0.05);
    expect(within / 400).toBeLessThanOrEqual(Math.min(1, confidence + 0.05));
  }
});

test('it rests on the present level, and borrows the scatter of those before', () => {
  const random = seededRandom(5);
  const before = logNormal(random, 40, 0.02);
  const after = logNormal(random, 3, 0.02).map((value) => value * 1.5);
  const next = expectedNext([...before, ...after]);
  expect(next?.basis).toBe(3);
  expect(next?.expected).toBeGreaterThan(1450);
  expect(next?.low).toBeGreaterThan(1300);
  expect(next?.high).toBeLessThan(1700);
  const alone = expectedNext([...after, ...after.toReversed()]);
  expect(alone?.basis).toBe(6);
});

test('values below 0 have bounds too; equal values and few have none', () => {
  const { low = 0, high = 0 } = expectedNext([-3, 2, -1, 4, 0, 1, -2, 3]) ?? {};
  expect(low).toBeLessThan(-3);
  expect(high).toBeGreaterThan(4);
  expect(expectedNext([7, 7, 7, 7, 7, 7])).toBeUndefined();
  expect(expectedNext([1, 2, 3, 4])).toBeUndefined();
  expect(() => expectedNext([])).toThrow(/no values/);
});

test('a trend says where its newest value was expected', () => {
  const random = seededRandom(6);
  const values = [...logNormal(random, 20, 0.02), 1300];
  const [series] = trendOf([{ key: 'k', better: 'lower', values }]).series;
  expect(series?.newest?.high).toBeLessThan(1200);
  expect(series?.newest?.expected).toBeCloseTo(1000, -2);
  expect(
    trendOf([{ key: 'k', better: 'lower', values: values.slice(0, 5) }]).series[0]?.newest,
  ).toBeUndefined();
});
