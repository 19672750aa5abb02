/** The pooled values of two samples by rank, where tied values share the mean of the ranks they take up. */
export interface PooledRanks {
  /** Twice the midrank of each of the n + m values, ascending: whole numbers. The lowest rank is 1. */
  readonly doubled: readonly number[];
  /** Sum of the doubled ranks of the first sample. */
  readonly doubledSumA: number;
  /** Sizes of the groups of equal values, ascending by value. */
  readonly groups: readonly number[];
}

/**
 * Ranks two samples together.
 *
 * @param a - Shape (n), finite; read only, any order.
 * @param b - Shape (m), finite; m may differ from n.
 *
 * Cost: O((n + m) log(n + m)) time, O(n + m) memory.
 */
export function pooledRanks(a: readonly number[], b: readonly number[]): PooledRanks {
  const pooled = [
    ...a.map((value) => ({ value, isA: true })),
    ...b.map((value) => ({ value, isA: false })),
  ].sort((x, y) => x.value - y.value);
  const doubled: number[] = [];
  const groups: number[] = [];
  let doubledSumA = 0;
  for (let first = 0; first < pooled.length; ) {
    let last = first;
    while (last + 1 < pooled.length && pooled[last + 1]?.value === pooled[first]?.value) last += 1;
    const rank = first + 1 + (last + 1);
    for (let i = first; i <= last; i++) {
      doubled.push(rank);
      if (pooled[i]?.isA) doubledSumA += rank;
    }
    groups.push(last - first + 1);
    first = last + 1;
  }
  return { doubled, doubledSumA, groups };
}
