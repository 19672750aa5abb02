import { expect, test } from 'vitest';
import { betweenPairs } from '../src/index.js';
import { signedRank, walshAverages } from '../src/paired/signed-rank.js';
import { normalFrom, seededRandom } from '../src/seeded-random.js';

/** The rank sums of all ways to give n ranks a sign. */
function allSums(n: number): number[] {
  return Array.from({ length: 2 ** n }, (_, signs) => {
    let sum = 0;
    for (let rank = 1; rank <= n; rank++) if ((signs >> (rank - 1)) & 1) sum += rank;
    return sum;
  });
}

test('tails are the shares of all signs', () => {
  for (const n of [1, 4, 11]) {
    const all = allSums(n);
    const { lowerTail } = signedRank(n);
    for (const sum of [-1, 0, 1, 5, 20, 33]) {
      expect(lowerTail(sum)).toBeCloseTo(all.filter((one) => one <= sum).length / all.length, 12);
    }
  }
});

test('the interval is bounded by the averages that the level allows, also by the approximation', () => {
  for (const n of [11, 20, 50]) {
    const { lowerTail, boundRank } = signedRank(n);
    for (const level of [0.05, 0.01]) {
      const rank = boundRank(level);
      expect(2 * lowerTail(rank - 1)).toBeLessThanOrEqual(level);
      expect(2 * lowerTail(rank)).toBeGreaterThan(level);
    }
  }
  // SciPy 1.15: stats.wilcoxon's exact distribution for 50 values.
  expect(signedRank(50).boundRank(0.05)).toBe(435);
  expect(Math.abs(signedRank(51).boundRank(0.05) - 454)).toBeLessThanOrEqual(3);
});

test('the averages of all two values', () => {
  expect([...walshAverages([1, 4, 2])]).toEqual([1, 1.5, 2, 2.5, 3, 4]);
});

test('the interval of many pairs leaves 1 out just where p is small, and keeps its level for processes of two kinds', () => {
  const random = seededRandom(12);
  const kind = () => (random() < 0.5 ? 0 : 0.1) + 0.01 * normalFrom(random);
  for (const [pairs, planned] of [
    [15, 1],
    [20, 10],
  ] as const) {
    let wrong = 0;
    for (let trial = 0; trial < 500; trial++) {
      const { low, high, p } = betweenPairs(
        Array.from({ length: pairs }, () => kind() - kind()),
        0.95,
        planned,
      );
      const clear = low > 1 || high < 1;
      expect(clear).toBe(p <= 0.05);
      if (clear) wrong += 1;
    }
    expect(wrong / 500).toBeLessThan(0.07);
  }
});
