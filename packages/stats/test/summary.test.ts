import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quantile, summary } from '../src/index.js';
import { reference, relativeError } from './reference.js';

const sample = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 40 });

describe('quantile', () => {
  test('is that of NumPy', () => {
    for (const { sample, qs, quantiles } of reference.quantiles) {
      for (const [i, q] of qs.entries()) {
        expect(relativeError(quantile(sample, q), quantiles[i] as number)).toBeLessThan(1e-14);
      }
    }
  });

  test('interpolates between order statistics', () => {
    expect(quantile([10, 20], 0.25)).toBe(12.5);
    expect(quantile([30, 10, 20], 0.5)).toBe(20);
  });

  test('refuses what it cannot answer, with a code', () => {
    expect(() => quantile([], 0.5)).toThrow(expect.objectContaining({ code: 'stats/too-few' }));
    expect(() => quantile([1, Number.NaN], 0.5)).toThrow(
      expect.objectContaining({ code: 'stats/not-finite' }),
    );
    expect(() => quantile([1], 90)).toThrow(expect.objectContaining({ code: 'stats/out-of-range' }));
  });

  test('leaves its argument as it was', () => {
    const values = Object.freeze([3, 1, 2]);
    quantile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });
});

describe('summary', () => {
  test('has the mean, deviation and median of NumPy and SciPy', () => {
    for (const { sample, ...expected } of reference.summaries) {
      const seen = summary(sample);
      for (const figure of ['mean', 'sd', 'mad', 'median'] as const) {
        expect(relativeError(seen[figure], expected[figure]), figure).toBeLessThan(1e-12);
      }
    }
  });

  test('of one value has no standard deviation', () => {
    expect(summary([7])).toEqual({
      n: 1,
      min: 7,
      p25: 7,
      median: 7,
      p75: 7,
      p90: 7,
      p99: 7,
      max: 7,
      mean: 7,
      sd: Number.NaN,
      mad: 0,
    });
  });

  test('of a constant has no spread', () => {
    expect(summary([5, 5, 5])).toMatchObject({ sd: 0, mad: 0, p25: 5, p99: 5 });
  });

  test('keeps its quantiles in order', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const { min, p25, median, p75, p90, p99, max } = summary(values);
        const seen = [min, p25, median, p75, p90, p99, max];
        expect(seen).toEqual(seen.toSorted((x, y) => x - y));
      }),
    );
  });

  test('has the quantiles of `quantile`', () => {
    const values = [9, 2, 4, 7, 1];
    expect(summary(values)).toMatchObject({ p25: quantile(values, 0.25), p90: quantile(values, 0.9) });
  });
});
