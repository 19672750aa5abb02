/** Chance of a sum at most and at least as large as the one seen; both include the sum itself. */
export interface RankSumTails {
  readonly lower: number;
  readonly upper: number;
}

/**
 * How the sum of `size` ranks falls when every choice out of all ranks is equally likely: the permutation
 * distribution, exact also when ranks are tied.
 *
 * @param ranks - Whole numbers >= 1, ascending; read only. Midranks are doubled first.
 * @param size - How many are drawn, in [0, ranks.length].
 * @param sum - The sum seen.
 *
 * Cost: O(ranks.length * size * the largest sum) time, O(size * the largest sum) memory. With 50 against 50 values
 * that is some 50 million additions.
 * Source: Streitberg & Röhmel 1986, "Exact distributions for permutation and rank tests", Statistical Software
 * Newsletter 12(1) (the shift algorithm).
 */
export function rankSumTails(ranks: readonly number[], size: number, sum: number): RankSumTails {
  const largest = ranks.slice(ranks.length - size).reduce((total, rank) => total + rank, 0);
  /** ways[k][s]: choices of k among the ranks seen so far that sum to s. */
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1));
  (ways[0] as Float64Array)[0] = 1;
  let seen = 0;
  for (const rank of ranks) {
    seen += 1;
    for (let k = Math.min(size, seen); k >= 1; k--) {
      const chosen = ways[k] as Float64Array;
      const without = ways[k - 1] as Float64Array;
      const reach = Math.min(largest, k * rank);
      for (let s = rank; s <= reach; s++) chosen[s] = (chosen[s] as number) + (without[s - rank] as number);
    }
  }
  let lower = 0;
  let upper = 0;
  let total = 0;
  for (const [s, count] of (ways[size] as Float64Array).entries()) {
    total += count;
    if (s <= sum) lower += count;
    if (s >= sum) upper += count;
  }
  return { lower: lower / total, upper: upper / total };
}
