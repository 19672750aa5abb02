import { normalUpperTail } from './normal-tail.js';

/**
 * Largest n * m for which Mann–Whitney's distribution is computed exactly: 50 processes against 50.
 *
 * The exact count costs (n * m)^2 / 4 additions. At this size a tail of the normal approximation is off by less than
 * 0.001, see the tests; tails below 1e-5 come out too large.
 */
export const exactUpTo = 2500;

/** P(U <= u) of Mann–Whitney's U for samples of n and m values from one continuous distribution. */
export interface UDistribution {
  /** Whether the chances are counted or approximated by a normal distribution. */
  readonly method: 'exact' | 'normal';
  /** P(U <= u) for a whole number u in [0, n * m]. */
  lowerTail(u: number): number;
}

/**
 * The distribution of U without ties. Tables are kept, since a run compares many probes of equal sizes.
 *
 * Cost: exact O((n * m)^2) time and O(n * m^2) memory for the first call with a pair of sizes, then none.
 * Source: Mann & Whitney 1947, "On a test of whether one of two random variables is stochastically larger than
 * the other", Annals of Mathematical Statistics 18(1).
 */
export function uDistribution(n: number, m: number): UDistribution {
  if (n * m > exactUpTo) {
    const middle = (n * m) / 2;
    const deviation = Math.sqrt((n * m * (n + m + 1)) / 12);
    return { method: 'normal', lowerTail: (u) => normalUpperTail((middle - u - 0.5) / deviation) };
  }
  const cumulated = cumulatedCounts(Math.min(n, m), Math.max(n, m));
  const total = cumulated[n * m] as number;
  return { method: 'exact', lowerTail: (u) => (cumulated[u] as number) / total };
}

const tables = new Map<string, Float64Array>();

function cumulatedCounts(n: number, m: number): Float64Array {
  const key = `${n},${m}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const table = counts(n, m);
  for (let u = 1; u < table.length; u++) table[u] = (table[u] as number) + (table[u - 1] as number);
  tables.set(key, table);
  return table;
}

/**
 * In how many of the C(n + m, n) orders of the pooled values U is 0, 1, … n * m.
 *
 * The greatest value is of the first sample (and exceeds all m of the second) or of the second:
 * count(n, m, u) = count(n - 1, m, u - m) + count(n, m - 1, u). Sums of positive numbers, so doubles lose nothing
 * that matters; below 2^53 they lose nothing at all.
 */
function counts(n: number, m: number): Float64Array {
  let row = Array.from({ length: m + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= n; i++) {
    const next = [Float64Array.of(1)];
    for (let j = 1; j <= m; j++) {
      const sum = new Float64Array(i * j + 1);
      sum.set(next[j - 1] as Float64Array);
      const shorter = row[j] as Float64Array;
      for (let u = 0; u < shorter.length; u++) sum[u + j] = (sum[u + j] as number) + (shorter[u] as number);
      next.push(sum);
    }
    row = next;
  }
  return row[m] as Float64Array;
}
