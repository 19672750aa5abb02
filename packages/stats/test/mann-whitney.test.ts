import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mannWhitney } from '../src/index.js';
import { normalUpperTail } from '../src/normal-tail.js';
import { exactUpTo, uDistribution } from '../src/u-distribution.js';
import { allDeals, enumeratedP, uByPairs } from './enumeration.js';
import { reference, relativeError } from './reference.js';

const few = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });

describe('mannWhitney', () => {
  test('has the U and p of SciPy, exact, tied and approximated', () => {
    expect(new Set(reference.mannWhitney.map(({ method }) => method))).toEqual(new Set(['exact', 'normal']));
    for (const { a, b, u, p, method } of reference.mannWhitney) {
      const seen = mannWhitney(a, b);
      const sizes = `${a.length} against ${b.length}`;
      expect(seen, sizes).toMatchObject({ u, method });
      expect(relativeError(seen.p, p), sizes).toBeLessThan(1e-10);
    }
  });

  test('without ties has the p of every deal listed', () => {
    for (const [n, m] of [
      [1, 1],
      [2, 1],
      [3, 3],
      [2, 5],
      [4, 3],
    ] as const) {
      const pooled = Array.from({ length: n + m }, (_, i) => i + 1);
      for (const { a, b } of allDeals(pooled, n)) {
        expect(mannWhitney(a, b).p).toBeCloseTo(enumeratedP(a, b), 12);
        expect(mannWhitney(a, b).u).toBe(uByPairs(a, b));
      }
    }
  });

  test('with ties has the p of every deal listed', () => {
    for (const pooled of [
      [1, 1, 2],
      [1, 1, 2, 2, 3],
      [1, 2, 2, 2, 3, 3, 4],
      [1, 1, 1, 1, 1, 2, 9],
    ]) {
      for (const n of [1, 2, 3].filter((size) => size < pooled.length)) {
        for (const { a, b } of allDeals(pooled, n)) {
          expect(mannWhitney(a, b).p, `${a} against ${b}`).toBeCloseTo(enumeratedP(a, b), 12);
        }
      }
    }
  });

  test('counts tied ranks for either size as the list does', () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(mannWhitney(a, b).p).toBeCloseTo(enumeratedP(a, b), 12);
      }),
      { numRuns: 60 },
    );
  });

  test('gives the same p when the sides are swapped', () => {
    fc.assert(
      fc.property(few, few, (a, b) => {
        expect(mannWhitney(a, b).p).toBeCloseTo(mannWhitney(b, a).p, 12);
        expect(mannWhitney(a, b).u + mannWhitney(b, a).u).toBe(a.length * b.length);
      }),
    );
  });

  test('cannot reach 0.05 with three against three, and can with four against four', () => {
    expect(mannWhitney([1, 2, 3], [4, 5, 6]).p).toBe(0.1);
    expect(mannWhitney([1, 2, 3, 4], [5, 6, 7, 8]).p).toBeCloseTo(2 / 70, 14);
  });

  test('calls constants no change at any size', () => {
    expect(mannWhitney([5, 5, 5], [5, 5]).p).toBe(1);
    expect(mannWhitney(new Array(60).fill(5), new Array(50).fill(5))).toMatchObject({
      p: 1,
      method: 'normal',
    });
  });

  test('goes over to the normal distribution without a jump', () => {
    const exact = uDistribution(50, 50);
    expect(exact.method).toBe('exact');
    for (let u = 0; u <= 1250; u++) {
      const z = (1250 - u - 0.5) / Math.sqrt((2500 * 101) / 12);
      expect(Math.abs(normalUpperTail(z) - exact.lowerTail(u))).toBeLessThan(0.001);
    }
    expect(uDistribution(exactUpTo + 1, 1).method).toBe('normal');
  });

  test('refuses an empty side and NaN', () => {
    expect(() => mannWhitney([], [1])).toThrow(expect.objectContaining({ code: 'stats/too-few' }));
    expect(() => mannWhitney([1], [Number.NaN])).toThrow(
      expect.objectContaining({ code: 'stats/not-finite' }),
    );
  });
});

test('the normal tail is that of SciPy to twelve digits', () => {
  for (const { z, tail } of reference.normalTails) {
    expect(relativeError(normalUpperTail(z), tail), `z = ${z}`).toBeLessThan(1e-12);
  }
});
