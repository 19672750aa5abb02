import { normalUpperTail } from '../normal-tail.js';

/** How far a series' order and its values agree. */
export interface MannKendall {
  /** Pairs that rise minus pairs that fall. */
  readonly score: number;
  /** Standard deviation of the score without a trend. */
  readonly deviation: number;
  /** Two-sided p against no trend, in (0, 1]. */
  readonly p: number;
}

/**
 * The Mann–Kendall test for a trend.
 *
 * Exact for at most 40 values without ties that are independent; else by the normal approximation with corrections
 * for ties, continuity and neighbours that are alike.
 *
 * @param values - In order of time, finite, at least 2; read only.
 * @param inflation - How many times as large the score's variance is because neighbours are alike, >= 1.
 *
 * Cost: O(n^2).
 * Source: Kendall 1975, "Rank Correlation Methods"; the inflation: Yue & Wang 2004, Water Resources Management 18.
 */
export function mannKendall(values: readonly number[], inflation = 1): MannKendall {
  const n = values.length;
  let score = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) score += Math.sign((values[j] as number) - (values[i] as number));
  }
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const tied = [...counts.values()].reduce((sum, t) => sum + t * (t - 1) * (2 * t + 5), 0);
  const deviation = Math.sqrt(((n * (n - 1) * (2 * n + 5) - tied) / 18) * inflation);
  if (score === 0 || deviation === 0) return { score, deviation, p: 1 };
  const exact = counts.size === n && n <= mostExact && inflation === 1;
  const tail = exact ? exactTail(n, Math.abs(score)) : normalUpperTail((Math.abs(score) - 1) / deviation);
  return { score, deviation, p: Math.min(1, 2 * tail) };
}

/** Beyond it the normal approximation is as good, and counts of orders leave the range of doubles. */
const mostExact = 40;

/** P(score >= this) over all orders, by the number of orders with so many pairs that fall. */
function exactTail(n: number, score: number): number {
  const falls = ((n * (n - 1)) / 2 - score) / 2;
  let chances = [1];
  for (let size = 2; size <= n; size++) {
    const longer = new Array<number>(chances.length + size - 1).fill(0);
    for (const [k, chance] of chances.entries()) {
      for (let more = 0; more < size; more++) longer[k + more] = (longer[k + more] as number) + chance / size;
    }
    chances = longer;
  }
  return chances.slice(0, falls + 1).reduce((sum, chance) => sum + chance, 0);
}
