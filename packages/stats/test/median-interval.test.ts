import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { medianInterval } from '../src/index.js';
import { reference } from './reference.js';

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 30 });

describe('medianInterval', () => {
  test('takes the order statistics that the binomial distribution of SciPy gives', () => {
    for (const { n, confidence, rank, attained } of reference.medianIntervals) {
      const seen = medianInterval(
        Array.from({ length: n }, (_, i) => i + 1),
        confidence,
      );
      expect([seen.low, seen.high], `n = ${n} at ${confidence}`).toEqual([rank, n + 1 - rank]);
      expect(seen.confidence).toBeCloseTo(attained, 10);
    }
  });

  test('covers the median as often as it says, over all 2^n ways to fall on its two sides', () => {
    for (const n of [1, 2, 3, 5, 6, 9, 10]) {
      const { low, high, confidence } = medianInterval(
        Array.from({ length: n }, (_, i) => i + 1),
        0.8,
      );
      let covered = 0;
      for (let ways = 0; ways < 2 ** n; ways++) {
        const below = ways.toString(2).replaceAll('0', '').length;
        // The true median lies between the order statistics `below` and `below + 1`.
        if (low <= below && below < high) covered += 1;
      }
      expect(confidence).toBeCloseTo(covered / 2 ** n, 12);
    }
  });

  test('of three values is their range, worth 0.75 exactly', () => {
    expect(medianInterval([30, 10, 20])).toEqual({ estimate: 20, low: 10, high: 30, confidence: 0.75 });
  });

  test('of one value knows nothing', () => {
    expect(medianInterval([4])).toEqual({ estimate: 4, low: 4, high: 4, confidence: 0 });
  });

  test('first attains 0.95 with six values', () => {
    expect(medianInterval([1, 2, 3, 4, 5]).confidence).toBe(0.9375);
    expect(medianInterval([1, 2, 3, 4, 5, 6]).confidence).toBe(0.96875);
  });

  test('contains its estimate', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (sample, confidence) => {
        const { estimate, low, high } = medianInterval(sample, confidence);
        expect(low).toBeLessThanOrEqual(estimate);
        expect(high).toBeGreaterThanOrEqual(estimate);
      }),
    );
  });

  test('grows with the confidence asked for', () => {
    fc.assert(
      fc.property(values, (sample) => {
        const [narrow, wide] = [medianInterval(sample, 0.5), medianInterval(sample, 0.95)];
        expect(wide.low).toBeLessThanOrEqual(narrow.low);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
        expect(wide.confidence).toBeGreaterThanOrEqual(narrow.confidence);
      }),
    );
  });

  test('refuses an empty sample and a confidence of 1', () => {
    expect(() => medianInterval([])).toThrow(expect.objectContaining({ code: 'stats/too-few' }));
    expect(() => medianInterval([1, 2], 1)).toThrow(expect.objectContaining({ code: 'stats/out-of-range' }));
  });
});
