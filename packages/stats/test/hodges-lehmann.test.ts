import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hodgesLehmannRatio, mannWhitney } from '../src/index.js';
import { allDeals, enumeratedP } from './enumeration.js';
import { reference, relativeError } from './reference.js';

const positive = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 9 });

describe('hodgesLehmannRatio', () => {
  test("has the interval that inverting SciPy's test gives", () => {
    for (const { a, b, confidence, ...expected } of reference.hodgesLehmann) {
      const seen = hodgesLehmannRatio(a, b, confidence);
      for (const figure of ['ratio', 'low', 'high'] as const) {
        expect(relativeError(seen[figure], expected[figure]), figure).toBeLessThan(1e-12);
      }
      expect(seen.confidence).toBeGreaterThanOrEqual(confidence);
    }
  });

  test('covers a ratio of 1 as often as it says, over every deal of one pool', () => {
    for (const [n, m, confidence] of [
      [3, 3, 0.95],
      [4, 4, 0.95],
      [3, 5, 0.9],
      [6, 4, 0.8],
      [2, 7, 0.9],
    ] as const) {
      // Primes: no two pairwise ratios are equal, none is 1.
      const pool = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29].slice(0, n + m);
      const deals = allDeals(pool, n).map(({ a, b }) => hodgesLehmannRatio(a, b, confidence));
      const covered = deals.filter(({ low, high }) => low <= 1 && 1 <= high).length;
      expect(deals[0]?.confidence).toBeCloseTo(covered / deals.length, 12);
    }
  });

  test('with ties covers at least as often as it says', () => {
    for (const pool of [
      [1, 1, 2, 2, 3, 3, 4],
      [5, 5, 5, 5, 6, 7, 8, 8],
    ]) {
      const deals = allDeals(pool, 3).map(({ a, b }) => hodgesLehmannRatio(a, b, 0.8));
      const covered = deals.filter(({ low, high }) => low <= 1 && 1 <= high).length;
      expect(covered / deals.length).toBeGreaterThanOrEqual((deals[0]?.confidence ?? 1) - 1e-12);
    }
  });

  test('lies clear of 1 exactly when the test without ties rejects', () => {
    const pool = [2, 3, 5, 7, 11, 13, 17, 19, 23];
    for (const { a, b } of allDeals(pool, 4)) {
      const { low, high } = hodgesLehmannRatio(a, b, 0.9);
      expect(low > 1 || high < 1).toBe(enumeratedP(a, b) <= 0.1 + 1e-12);
    }
  });

  test('of too few values is the range, with what that is worth', () => {
    expect(hodgesLehmannRatio([100, 110, 120], [200, 210, 240])).toEqual({
      ratio: 2,
      low: 200 / 120,
      high: 2.4,
      confidence: 0.9,
      p: 0.1,
    });
    expect(hodgesLehmannRatio([10], [12])).toEqual({ ratio: 1.2, low: 1.2, high: 1.2, confidence: 0, p: 1 });
  });

  test('of constants is exact, without the rounding of logarithms', () => {
    const { ratio, low, high } = hodgesLehmannRatio([100, 100, 100, 100], [120, 120, 120, 120, 120]);
    expect([ratio, low, high]).toEqual([1.2, 1.2, 1.2]);
  });

  test('is inverted by swapping the sides', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const [there, back] = [hodgesLehmannRatio(a, b), hodgesLehmannRatio(b, a)];
        expect(there.ratio * back.ratio).toBeCloseTo(1, 12);
        expect(there.low * back.high).toBeCloseTo(1, 12);
        expect(there.confidence).toBe(back.confidence);
      }),
    );
  });

  test('follows the scale of either side', () => {
    fc.assert(
      fc.property(positive, positive, fc.double({ min: 0.001, max: 1000, noNaN: true }), (a, b, factor) => {
        const plain = hodgesLehmannRatio(a, b);
        const scaled = hodgesLehmannRatio(
          a,
          b.map((value) => value * factor),
        );
        for (const figure of ['ratio', 'low', 'high'] as const) {
          expect(relativeError(scaled[figure], plain[figure] * factor)).toBeLessThan(1e-12);
        }
      }),
    );
  });

  test('contains its estimate, and brings the p of mannWhitney', () => {
    fc.assert(
      fc.property(
        positive,
        positive,
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (a, b, confidence) => {
          const { ratio, low, high, p } = hodgesLehmannRatio(a, b, confidence);
          expect(low).toBeLessThanOrEqual(ratio);
          expect(high).toBeGreaterThanOrEqual(ratio);
          expect(p).toBe(mannWhitney(a, b).p);
        },
      ),
    );
  });

  test('attains about 0.95 by the normal approximation of many values', () => {
    const a = Array.from({ length: 60 }, (_, i) => 1000 + i);
    const b = Array.from({ length: 50 }, (_, i) => 1100 + 2 * i);
    const { low, ratio, high, confidence } = hodgesLehmannRatio(a, b);
    expect(confidence).toBeGreaterThanOrEqual(0.95);
    expect(confidence).toBeLessThan(0.951);
    expect(low < ratio && ratio < high).toBe(true);
  });

  test('refuses 0, and samples too far apart for a double', () => {
    expect(() => hodgesLehmannRatio([1, 0], [1])).toThrow(
      expect.objectContaining({ code: 'stats/not-positive' }),
    );
    expect(() => hodgesLehmannRatio([1], [])).toThrow(expect.objectContaining({ code: 'stats/too-few' }));
    expect(() => hodgesLehmannRatio([1e-200], [1e200])).toThrow(
      expect.objectContaining({ code: 'stats/not-finite' }),
    );
  });
});
