import { requireFraction } from './sample-rules.js';

/**
 * p adjusted for the number of comparisons, so that of those called at a level only that share is false, on average.
 *
 * Keeps the order: a smaller p never gets a larger adjusted one. Holds for independent comparisons and for those
 * that tend to move together.
 *
 * @param ps - One p in [0, 1] per comparison of the family, shape (m), m >= 0; read only.
 * @returns Adjusted p in input order, shape (m), each at least its p and at most 1.
 * @throws {SampleError} `stats/out-of-range` for a p outside [0, 1].
 *
 * Cost: O(m log m) time, O(m) memory.
 * Source: Benjamini & Hochberg 1995, "Controlling the false discovery rate", Journal of the Royal Statistical
 * Society B 57(1).
 */
export function benjaminiHochberg(ps: readonly number[]): number[] {
  for (const p of ps) requireFraction(p, 'p');
  const descending = ps.map((p, index) => ({ p, index })).sort((x, y) => y.p - x.p);
  const adjusted = new Array<number>(ps.length);
  let least = 1;
  for (const [place, { p, index }] of descending.entries()) {
    const rank = ps.length - place;
    // The quotient first: it is at least 1, so that rounding cannot bring the product below p.
    least = Math.min(least, p * (ps.length / rank));
    adjusted[index] = least;
  }
  return adjusted;
}
