import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from '../src/index.js';
import { reference } from './reference.js';

const chances = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });

describe('benjaminiHochberg', () => {
  test('is the false discovery control of SciPy', () => {
    for (const { ps, adjusted } of reference.benjaminiHochberg) {
      for (const [i, p] of benjaminiHochberg(ps).entries()) expect(p).toBeCloseTo(adjusted[i] as number, 14);
    }
  });

  test('keeps the order of p, raises each and stays at or below 1', () => {
    fc.assert(
      fc.property(chances, (ps) => {
        const adjusted = benjaminiHochberg(ps);
        const pairs = ps.map((p, i) => ({ p, adjusted: adjusted[i] as number })).sort((x, y) => x.p - y.p);
        for (const [i, pair] of pairs.entries()) {
          expect(pair.adjusted).toBeGreaterThanOrEqual(pair.p);
          expect(pair.adjusted).toBeLessThanOrEqual(1);
          if (i > 0) expect(pair.adjusted).toBeGreaterThanOrEqual(pairs[i - 1]?.adjusted ?? 0);
        }
      }),
    );
  });

  test('leaves one p alone and takes none for an answer', () => {
    expect(benjaminiHochberg([0.03])).toEqual([0.03]);
    expect(benjaminiHochberg([])).toEqual([]);
  });

  test('refuses what is no chance', () => {
    expect(() => benjaminiHochberg([0.1, 1.1])).toThrow(
      expect.objectContaining({ code: 'stats/out-of-range' }),
    );
    expect(() => benjaminiHochberg([Number.NaN])).toThrow(
      expect.objectContaining({ code: 'stats/out-of-range' }),
    );
  });
});
