import { type PooledRanks, pooledRanks } from './midranks.js';
import { normalUpperTail } from './normal-tail.js';
import { rankSumTails } from './rank-sum-tails.js';
import { requireSample } from './sample-rules.js';
import { exactUpTo, uDistribution } from './u-distribution.js';

/** Outcome of a two-sided Mann–Whitney test. */
export interface MannWhitney {
  /** Pairs in which the value of `a` is the greater, ties counting half: in [0, n * m]. SciPy's convention. */
  readonly u: number;
  /** Two-sided, in (0, 1]: twice the smaller tail, at most 1. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/**
 * Chance of ranks at least this far apart if both samples came from one distribution.
 *
 * Exact up to n * m = 2500, with ties too: then over all ways to deal the tied ranks to the two sides. Beyond that
 * by the normal approximation with corrections for ties and continuity. p is 1 when all values are equal.
 *
 * @param a - One value per process, any unit, shape (n), n >= 1; read only, any order.
 * @param b - Shape (m), m >= 1; m may differ from n.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`.
 *
 * Cost: without ties see `uDistribution`, with ties see `rankSumTails`; else O((n + m) log(n + m)).
 * Source: Mann & Whitney 1947; Streitberg & Röhmel 1986 for ties.
 */
export function mannWhitney(a: readonly number[], b: readonly number[]): MannWhitney {
  requireSample(a, 'sample a');
  requireSample(b, 'sample b');
  const n = a.length;
  const m = b.length;
  const ranks = pooledRanks(a, b);
  const u = (ranks.doubledSumA - n * (n + 1)) / 2;
  if (n * m > exactUpTo) return { u, p: normalP(u, n, m, ranks), method: 'normal' };
  const tied = ranks.groups.length < n + m;
  return { u, p: tied ? tiedP(n, m, ranks) : untiedP(u, n, m), method: 'exact' };
}

function untiedP(u: number, n: number, m: number): number {
  return Math.min(1, 2 * uDistribution(n, m).lowerTail(Math.min(u, n * m - u)));
}

function tiedP(n: number, m: number, { doubled, doubledSumA }: PooledRanks): number {
  // Either side's sum gives the same p; the smaller side is cheaper to count.
  const all = doubled.reduce((total, rank) => total + rank, 0);
  const { lower, upper } =
    n <= m ? rankSumTails(doubled, n, doubledSumA) : rankSumTails(doubled, m, all - doubledSumA);
  // Ties make the distribution lopsided when n differs from m, so each tail is counted for itself.
  return Math.min(1, 2 * Math.min(lower, upper));
}

function normalP(u: number, n: number, m: number, { groups }: PooledRanks): number {
  const pooled = n + m;
  const ties = groups.reduce((total, size) => total + (size ** 3 - size), 0);
  const variance = ((n * m) / 12) * (pooled + 1 - ties / (pooled * (pooled - 1)));
  // Below 0 only by rounding, when all values are equal.
  if (groups.length === 1 || variance <= 0) return 1;
  const distance = Math.abs(u - (n * m) / 2) - 0.5;
  return Math.min(1, 2 * normalUpperTail(distance / Math.sqrt(variance)));
}
