import { probit } from 'simple-statistics';
import { normalUpperTail } from '../normal-tail.js';

/** The means of all two of the values, and of each with itself, ascending: their median is the pseudomedian. */
export function walshAverages(values: readonly number[]): Float64Array {
  const means = new Float64Array((values.length * (values.length + 1)) / 2);
  let at = 0;
  for (const [i, one] of values.entries()) {
    for (let j = i; j < values.length; j++) means[at++] = (one + (values[j] as number)) / 2;
  }
  return means.sort();
}

/** How Wilcoxon's signed-rank sum of n values is distributed around 0, without ties. */
export interface SignedRank {
  /** P(sum <= this). */
  lowerTail(sum: number): number;
  /** Which Walsh average from either end, from 1, bounds the interval of this two-sided level; 0 if none does. */
  boundRank(level: number): number;
}

/** Of more values the normal approximation is as good. */
const MOST_EXACT = 50;

/**
 * @param n - Values, >= 1.
 *
 * Cost: O(n^3) up to 50 values, else O(1).
 * Source: Hollander, Wolfe & Chicken 2014, "Nonparametric Statistical Methods", 3.1 and 3.3.
 */
export function signedRank(n: number): SignedRank {
  const most = (n * (n + 1)) / 2;
  const [mean, deviation] = [most / 2, Math.sqrt((most * (2 * n + 1)) / 12)];
  if (n > MOST_EXACT) {
    return {
      lowerTail: (sum) => normalUpperTail((mean - sum - 0.5) / deviation),
      boundRank: (level) => Math.max(0, Math.floor(mean + 0.5 - probit(1 - level / 2) * deviation)),
    };
  }
  const cumulative = cumulativeChances(n, most);
  return {
    lowerTail: (sum) => (sum < 0 ? 0 : (cumulative[Math.min(most, Math.floor(sum))] as number)),
    boundRank: (level) => {
      const first = cumulative.findIndex((chance) => chance > level / 2);
      return Math.max(0, first);
    },
  };
}

function cumulativeChances(n: number, most: number): Float64Array {
  const chances = new Float64Array(most + 1);
  chances[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    // Each rank counts with one sign or the other, by the toss of a coin.
    for (let sum = most; sum >= 0; sum--) {
      const without = chances[sum] as number;
      chances[sum] = (without + (sum >= rank ? (chances[sum - rank] as number) : 0)) / 2;
    }
  }
  for (let sum = 1; sum <= most; sum++)
    chances[sum] = (chances[sum] as number) + (chances[sum - 1] as number);
  return chances;
}
