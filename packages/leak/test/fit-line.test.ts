import { describe, expect, it } from 'vitest';
import { fitLine } from '../src/growth/fit-line.js';

describe('fitLine', () => {
  // scipy.stats.theilslopes([1, 3, 2, 5, 9, 6, 7], [0, 1, 2, 4, 5, 7, 8]) gives the same slope.
  it('gives the median of all pairs of slopes', () => {
    const x = [0, 1, 2, 4, 5, 7, 8];
    const y = [1, 3, 2, 5, 9, 6, 7];
    const slopes = x.flatMap((from, i) =>
      x.slice(i + 1).map((to, j) => ((y[i + 1 + j] as number) - (y[i] as number)) / (to - from)),
    );
    const middle = slopes.sort((a, b) => a - b)[10];
    expect(fitLine(x, y).estimate).toBe(middle);
  });

  it('has an interval that holds its estimate, and is not moved by one odd reading', () => {
    const x = Array.from({ length: 20 }, (_, index) => index);
    const { estimate, low, high } = fitLine(
      x,
      x.map((at) => (at === 9 ? 1e9 : 3 * at)),
    );
    expect(estimate).toBe(3);
    expect(low).toBeLessThanOrEqual(3);
    expect(high).toBeGreaterThanOrEqual(3);
  });

  it('thins what is too long, and gives two points their slope', () => {
    const x = Array.from({ length: 5000 }, (_, index) => index);
    expect(
      fitLine(
        x,
        x.map((at) => 2 * at),
      ).estimate,
    ).toBe(2);
    expect(fitLine([0, 2], [1, 9])).toEqual({ estimate: 4, low: 4, high: 4 });
  });
});
