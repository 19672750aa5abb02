import { probit } from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { processesNeeded, type UndecidedComparison } from '../src/index.js';
import { mostProcesses } from '../src/processes-needed.js';
import { reference, relativeError } from './reference.js';

function needed(more: Partial<UndecidedComparison>) {
  return processesNeeded({
    ratio: 2,
    low: 1.9,
    high: 2.1,
    confidence: 0.9,
    processes: { a: 3, b: 3 },
    threshold: 0.1,
    asked: 0.95,
    ...more,
  });
}

describe('processesNeeded', () => {
  test('asks for a fourth process where three show a clear change', () => {
    expect(needed({})).toBe(1);
  });

  test('asks for more when the change is one of many comparisons', () => {
    // 2 / C(2n, n) * 20 <= 0.05 from n = 6 on: C(12, 6) = 924.
    expect(needed({ family: 20 })).toBe(3);
    // 2 / C(2n, n) * 200 <= 0.05 from n = 8 on: C(16, 8) = 12870.
    expect(needed({ family: 200 })).toBe(5);
  });

  test('asks only for an interval where no change is in sight, whatever the family', () => {
    expect(needed({ ratio: 1, low: 0.99, high: 1.01, family: 200 })).toBe(1);
  });

  test('lets the interval shrink with the root of the number of processes', () => {
    // 10 against 10 at full confidence, half as wide as needed: four times as many.
    const wide = { ratio: 1, low: 1 / 1.21, high: 1.21, confidence: 0.95, processes: { a: 10, b: 10 } };
    expect(needed(wide)).toBe(30);
  });

  test('takes unequal sides as they are', () => {
    const equal = needed({ low: 0.8, high: 5, processes: { a: 6, b: 6 }, confidence: 0.95 });
    const unequal = needed({ low: 0.8, high: 5, processes: { a: 5, b: 7 }, confidence: 0.95 });
    expect(equal).toBeGreaterThanOrEqual(1);
    expect(Math.abs((equal ?? 0) - (unequal ?? 0))).toBeLessThanOrEqual(2);
    // 2 / C(9, 2) = 0.056 is not enough, 2 / C(11, 3) = 0.012 is.
    expect(needed({ processes: { a: 1, b: 6 }, confidence: 0.7 })).toBe(2);
  });

  test('widens an interval that is worth less than was asked for', () => {
    const clear = { low: 1.2, high: 3.3, processes: { a: 4, b: 4 } };
    expect(needed({ ...clear, confidence: 0.5 }) ?? 0).toBeGreaterThan(
      needed({ ...clear, confidence: 0.95 }) ?? 0,
    );
  });

  test('has no answer for a ratio on the threshold, nor for one it would take too many to tell', () => {
    expect(needed({ ratio: 1.1, low: 1, high: 1.2 })).toBeUndefined();
    expect(needed({ ratio: 1.09, low: 0.8, high: 1.5 })).toBeUndefined();
    expect(needed({ ratio: 1, low: 0.9, high: 1.1, threshold: 0 })).toBeUndefined();
    expect(needed({ processes: { a: mostProcesses, b: 3 } })).toBeUndefined();
  });

  test('gives the least that could decide where one process a side tells nothing of the spread', () => {
    const one = (ratio: number, family = 1) =>
      needed({ ratio, low: ratio, high: ratio, confidence: 0, processes: { a: 1, b: 1 }, family });
    // 4 against 4 are the fewest that reach 0.05; in a family of 20 it takes 6 against 6.
    expect([one(2), one(2, 20)]).toEqual([3, 5]);
    // The one ratio that was seen has no part in it: neither within nor on the threshold is it to be trusted.
    expect([one(1), one(1.1), one(1, 20), one(1.1, 20)]).toEqual([3, 3, 5, 5]);
  });

  test('says the same when the sides are swapped', () => {
    const there = { ratio: 1.5, low: 1.05, high: 2.2, processes: { a: 4, b: 7 }, family: 5 };
    const back = { ratio: 1 / 1.5, low: 1 / 2.2, high: 1 / 1.05, processes: { a: 7, b: 4 }, family: 5 };
    expect(needed(there)).toBe(needed(back));
  });
});

test('the normal quantile of simple-statistics is good to 1 %, which is enough for a plan', () => {
  for (const { confidence, z } of reference.normalQuantiles) {
    expect(relativeError(probit((1 + confidence) / 2), z)).toBeLessThan(0.01);
  }
});
