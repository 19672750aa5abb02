import { combinations, mean } from 'simple-statistics';
import { requireCount, requireSample } from './sample-rules.js';
import { seededRandom } from './seeded-random.js';
import { waysToDeal } from './ways-to-deal.js';

/** How a permutation test is made; every field has a default. */
export interface PermutationOptions {
  /** What is compared. Default: the mean. */
  readonly statistic?: (values: readonly number[]) => number;
  /** Deals that are drawn where there are too many to list. Default 9,999: no p is below 0.0001. */
  readonly rounds?: number;
  /** Of the deals. Default 1. The same seed gives the same answer. */
  readonly seed?: number;
}

/** Outcome of a two-sided permutation test. */
export interface PermutationTest {
  /** Statistic of b minus that of a, in its unit. */
  readonly difference: number;
  /** Share of the deals that lie as far apart, in (0, 1]. */
  readonly p: number;
  /** Whether every deal was listed. */
  readonly exact: boolean;
}

/**
 * Chance of a difference at least this large if it had been chance which values are of which sample.
 *
 * Lists every way to deal the pooled values to the two sides where there are at most 20,000 (8 against 8), else draws
 * deals at random and counts the one that was measured as one of them.
 *
 * @param a - One value per process, shape (n), n >= 1; read only, any order.
 * @param b - Same unit, shape (m), m >= 1; m may differ from n.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`; `stats/out-of-range` for rounds below 1.
 *
 * Cost: O((n + m) * deals), and as many calls of the statistic.
 * Source: Fisher 1935, "The Design of Experiments"; Phipson & Smyth 2010, arXiv:1603.05766 (why p is never zero).
 */
export function permutationTest(
  a: readonly number[],
  b: readonly number[],
  { statistic = (values) => mean([...values]), rounds = 9_999, seed = 1 }: PermutationOptions = {},
): PermutationTest {
  requireSample(a, 'sample a');
  requireSample(b, 'sample b');
  requireCount(rounds, 'rounds');
  const pooled = [...a, ...b];
  const apart = (first: readonly number[], second: readonly number[]) => statistic(second) - statistic(first);
  const difference = apart(a, b);
  // Of deals that lie as far apart, rounding must not make some a little nearer.
  const reached = Math.abs(difference) - 1e-12 * Math.max(...pooled.map(Math.abs));
  const asFar = (first: readonly number[], second: readonly number[]) =>
    Math.abs(apart(first, second)) >= reached;
  if (waysToDeal(a.length, b.length) <= MOST_LISTED) {
    const deals = combinations([...pooled.keys()], a.length);
    const far = deals.filter((chosen) => {
      const taken = new Set(chosen);
      return asFar(
        pooled.filter((_, i) => taken.has(i)),
        pooled.filter((_, i) => !taken.has(i)),
      );
    });
    return { difference, p: far.length / deals.length, exact: true };
  }
  const random = seededRandom(seed);
  let far = 0;
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < a.length; i++) {
      const j = i + Math.floor(random() * (pooled.length - i));
      [pooled[i], pooled[j]] = [pooled[j] as number, pooled[i] as number];
    }
    if (asFar(pooled.slice(0, a.length), pooled.slice(a.length))) far += 1;
  }
  return { difference, p: (far + 1) / (rounds + 1), exact: false };
}

const MOST_LISTED = 20_000;
