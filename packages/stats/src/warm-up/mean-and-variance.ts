/** A stretch of a series with one mean and one variance. */
export interface Stretch {
  /** First value, and one past its last. */
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  /** Standard deviation, with n below. */
  readonly deviation: number;
}

/** Shortest stretch: one or two values are no level. */
const SHORTEST = 3;
/** What a further change has to gain, in units of ln n. From the source of the rule. */
const PENALTY = 15;

/**
 * Cuts a series where its mean, its variance or both change: the cut with the least sum of the stretches' costs, where
 * the cost of one is -2 times its log-likelihood as normal values, plus 15 ln n for each change.
 *
 * @param values - In order, finite, n >= 1; read only.
 * @param least - Smallest deviation that is believed, > 0: changes of less are not seen, and equal values do not cost
 *   minus infinity.
 * @returns Stretches that cover the series, in order; one where there are fewer than 6 values.
 *
 * Cost: O(n^2) at worst, O(n) memory; some 3 ms for 500 values.
 * Source: PELT, Killick, Fearnhead & Eckley 2012, "Optimal detection of changepoints with a linear computational cost",
 * Journal of the American Statistical Association 107(500); the penalty: Barrett et al. 2017, section 4.2.
 */
export function meanAndVarianceStretches(values: readonly number[], least: number): Stretch[] {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  // About a value of the series, so that the squares of a large mean do not swallow a small variance.
  const origin = values[n - 1] as number;
  for (const [i, value] of values.entries()) {
    sums[i + 1] = (sums[i] as number) + (value - origin);
    squares[i + 1] = (squares[i] as number) + (value - origin) ** 2;
  }
  const variance = (from: number, to: number): number => {
    const count = to - from;
    const mean = ((sums[to] as number) - (sums[from] as number)) / count;
    return Math.max(0, ((squares[to] as number) - (squares[from] as number)) / count - mean * mean);
  };
  const floor = least * least;
  const cost = (from: number, to: number) => (to - from) * Math.log(Math.max(variance(from, to), floor));
  const starts = lastStarts(n, cost, PENALTY * Math.log(n));
  const stretches: Stretch[] = [];
  for (let to = n; to > 0; to = starts[to] as number) {
    const from = starts[to] as number;
    const mean = origin + ((sums[to] as number) - (sums[from] as number)) / (to - from);
    stretches.push({ from, to, mean, deviation: Math.sqrt(variance(from, to)) });
  }
  return stretches.reverse();
}

/** For each end of a part of the series, where the last stretch of its cheapest cut begins. */
function lastStarts(n: number, cost: (from: number, to: number) => number, penalty: number): Int32Array {
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  const starts = new Int32Array(n + 1);
  const candidates = new Int32Array(n + 1);
  const costs = new Float64Array(n + 1);
  best[0] = -penalty;
  let count = 1;
  for (let to = Math.min(SHORTEST, n); to <= n; to += 1) {
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < count; i += 1) {
      const from = candidates[i] as number;
      const total = (best[from] as number) + cost(from, to) + penalty;
      costs[i] = total;
      if (total >= least) continue;
      least = total;
      starts[to] = from;
    }
    best[to] = least;
    // What costs more now, even without a penalty, can never be the last start again.
    let kept = 0;
    for (let i = 0; i < count; i += 1) {
      if ((costs[i] as number) <= least + penalty) candidates[kept++] = candidates[i] as number;
    }
    count = kept;
    const next = to + 1 - SHORTEST;
    if (next >= SHORTEST) candidates[count++] = next;
  }
  return starts;
}
