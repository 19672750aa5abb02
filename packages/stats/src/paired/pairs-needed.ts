import { studentQuantile } from '../student-t.js';
import { placeOf } from '../verdict.js';
import { betweenPairs } from './between-pairs.js';
import { levelOfLook, looks, looksWithin } from './looks.js';

/** More pairs than this are not proposed: then the machine has to become quieter, or the threshold wider. */
const MOST_PAIRS = 100;

/**
 * How many more pairs would decide. An estimate, not a promise: it takes the present ratio for the true one, and lets
 * the interval shrink as pairs come in.
 *
 * @param logRatios - Of the pairs so far, shape (n).
 * @returns Undefined if no number up to 100 would, such as when the ratio sits on the threshold; the fewest that can
 *   say anything, if there are fewer than three so far.
 */
export function pairsNeeded(
  logRatios: readonly number[],
  {
    threshold,
    asked,
    planned = looks.length,
  }: { readonly threshold: number; readonly asked: number; readonly planned?: number },
): number | undefined {
  const n = logRatios.length;
  if (n < 3) return 3 - n;
  const { ratio, deviation } = betweenPairs(logRatios, asked, planned);
  for (let pairs = n + 1; pairs <= MOST_PAIRS; pairs += 1) {
    const level = levelOfLook(1 - asked, Math.max(planned, looksWithin(pairs)));
    const half = (deviation / Math.sqrt(pairs)) * studentQuantile(1 - level, pairs - 1);
    if (placeOf(ratio * Math.exp(-half), ratio * Math.exp(half), threshold) !== 'across') return pairs - n;
  }
  return undefined;
}
