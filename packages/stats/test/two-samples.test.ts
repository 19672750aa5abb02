import fc from 'fast-check';
import { mean } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import {
  equivalenceTest,
  hierarchicalBootstrap,
  hodgesLehmannRatio,
  mannWhitney,
  median,
  minimumDetectableRatio,
  permutationTest,
} from '../src/index.js';
import { normalFrom, seededRandom } from '../src/seeded-random.js';
import { allDeals } from './enumeration.js';
import { logNormal } from './seeded-random.js';

const positive = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 5 });

describe('permutationTest', () => {
  test('is the share of all deals that lie as far apart, with ties and unequal sizes', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const seen = mean(b) - mean(a);
        const deals = allDeals([...a, ...b], a.length).map((deal) => mean(deal.b) - mean(deal.a));
        const far = deals.filter((one) => Math.abs(one) >= Math.abs(seen) - 1e-9).length;
        const found = permutationTest(a, b);
        expect(found.difference).toBeCloseTo(seen, 10);
        expect(found.p).toBeCloseTo(far / deals.length, 12);
        expect(found.exact).toBe(true);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  test('draws where there are too many deals, near to the truth and alike for one seed', () => {
    const random = seededRandom(4);
    const [a, b] = [logNormal(random, 9, 0.1), logNormal(random, 9, 0.1).map((v) => v * 1.08)];
    const drawn = permutationTest(a, b, { statistic: median, seed: 2 });
    expect(drawn.exact).toBe(false);
    expect(permutationTest(a, b, { statistic: median, seed: 2 })).toEqual(drawn);
    const deals = allDeals([...a, ...b], 9).map((deal) => Math.abs(median(deal.b) - median(deal.a)));
    const truth = deals.filter((one) => one >= Math.abs(drawn.difference) - 1e-9).length / deals.length;
    expect(Math.abs(drawn.p - truth)).toBeLessThan(0.02);
  });

  test('knows nothing of equal values, and refuses what it cannot deal', () => {
    expect(permutationTest([3, 3, 3], [3, 3])).toMatchObject({ difference: 0, p: 1 });
    expect(() => permutationTest([], [1])).toThrow(/no values in sample a/);
    expect(() => permutationTest([1], [Number.NaN])).toThrow(/sample b/);
    expect(() => permutationTest([1], [2], { rounds: 0 })).toThrow(/rounds/);
  });
});

describe('equivalenceTest', () => {
  const samples = fc.uniqueArray(fc.integer({ min: 900, max: 1100 }), { minLength: 8, maxLength: 16 });

  test('rules a change out exactly where the interval of twice the level lies within the threshold', () => {
    fc.assert(
      fc.property(samples, fc.constantFrom(0.02, 0.05, 0.1), (pool, threshold) => {
        // Primes apart, so that no scaled value meets another.
        const values = pool.map((value, i) => value + i / 97);
        const [a, b] = [values.slice(0, 4), values.slice(4)];
        const { low, high, confidence } = hodgesLehmannRatio(a, b, 0.9);
        if (confidence < 0.9) return;
        const within = low > 1 / (1 + threshold) && high < 1 + threshold;
        expect(equivalenceTest(a, b, threshold).p <= 0.05).toBe(within);
      }),
      { seed: 12, numRuns: 200 },
    );
  });

  test('of samples that are too far apart is large, and says to which side', () => {
    const [a, b] = [
      [100, 101, 102, 103, 104],
      [120, 121, 122, 123, 124],
    ];
    const { p, tooHigh, tooLow } = equivalenceTest(a, b, 0.1);
    expect([p, tooHigh]).toEqual([tooHigh, p]);
    expect(tooHigh).toBeGreaterThan(0.9);
    expect(tooLow).toBeLessThan(0.01);
    expect(equivalenceTest(b, a, 0.1)).toEqual({ p, tooHigh: tooLow, tooLow: tooHigh });
  });

  test('keeps its level at the edge of the threshold', () => {
    const random = seededRandom(21);
    let called = 0;
    for (let trial = 0; trial < 800; trial++) {
      const [a, b] = [logNormal(random, 8, 0.05), logNormal(random, 6, 0.05).map((v) => v * 1.05)];
      if (equivalenceTest(a, b, 0.05).p <= 0.05) called += 1;
    }
    expect(called / 800).toBeLessThan(0.065);
  });

  test('refuses values of 0 and thresholds below it', () => {
    expect(() => equivalenceTest([0], [1], 0.1)).toThrow(/above 0/);
    expect(() => equivalenceTest([1], [1], -0.1)).toThrow(/threshold/);
  });
});

describe('hierarchicalBootstrap', () => {
  const processes = (random: () => number, count: number, ratio: number) =>
    logNormal(random, count, 0.03).map((center) =>
      Array.from({ length: 7 }, () => center * ratio * Math.exp(0.01 * normalFrom(random))),
    );

  test('covers the truth about as often as it should, with processes as the unit', () => {
    const random = seededRandom(31);
    let covered = 0;
    for (let trial = 0; trial < 150; trial++) {
      const { low, high, ratio } = hierarchicalBootstrap(
        processes(random, 12, 1),
        processes(random, 9, 1.2),
        { rounds: 200, seed: trial },
      );
      expect(ratio).toBeGreaterThanOrEqual(low * 0.999);
      expect(ratio).toBeLessThanOrEqual(high * 1.001);
      if (low <= 1.2 && high >= 1.2) covered += 1;
    }
    expect(covered / 150).toBeGreaterThan(0.85);
  });

  test('takes any statistic, and is the same for one seed', () => {
    const random = seededRandom(32);
    const [a, b] = [processes(random, 5, 1), processes(random, 5, 2)];
    const largest = (all: readonly (readonly number[])[]) => Math.max(...all.flat());
    const found = hierarchicalBootstrap(a, b, { statistic: largest, seed: 9 });
    expect(hierarchicalBootstrap(a, b, { statistic: largest, seed: 9 })).toEqual(found);
    expect(found.ratio).toBe(largest(b) / largest(a));
    const constant = [[5, 5], [5]];
    expect(hierarchicalBootstrap(constant, constant)).toEqual({ ratio: 1, low: 1, high: 1 });
  });

  test('refuses processes without samples', () => {
    expect(() => hierarchicalBootstrap([[1], []], [[1]])).toThrow(/sizes of sample a/);
    expect(() => hierarchicalBootstrap([[1]], [[-1]])).toThrow(/sample b, process 0/);
  });
});

describe('minimumDetectableRatio', () => {
  test('is found as often as asked', () => {
    const random = seededRandom(41);
    for (const [n, m, spread] of [
      [8, 8, 0.03],
      [6, 12, 0.1],
    ] as const) {
      const ratio = minimumDetectableRatio({ processes: { a: n, b: m }, spread, power: 0.8 });
      let found = 0;
      for (let trial = 0; trial < 600; trial++) {
        const b = logNormal(random, m, spread).map((value) => value * ratio);
        if (mannWhitney(logNormal(random, n, spread), b).p <= 0.05) found += 1;
      }
      expect(found / 600).toBeGreaterThan(0.73);
      expect(found / 600).toBeLessThan(0.87);
    }
  });

  test('falls with processes, grows with the spread and the family', () => {
    const plan = { processes: { a: 10, b: 10 }, spread: 0.05 };
    const ratio = minimumDetectableRatio(plan);
    expect(minimumDetectableRatio({ ...plan, processes: { a: 40, b: 40 } })).toBeLessThan(ratio);
    expect(minimumDetectableRatio({ ...plan, spread: 0.1 })).toBeCloseTo(ratio ** 2, 12);
    expect(minimumDetectableRatio({ ...plan, family: 20 })).toBeGreaterThan(ratio);
  });

  test('is infinite where so few can never decide', () => {
    expect(minimumDetectableRatio({ processes: { a: 3, b: 3 }, spread: 0.01 })).toBe(
      Number.POSITIVE_INFINITY,
    );
    expect(() => minimumDetectableRatio({ processes: { a: 0, b: 3 }, spread: 0.01 })).toThrow(/processes/);
  });
});
