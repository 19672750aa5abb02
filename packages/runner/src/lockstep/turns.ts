import { seededRandom } from '@perf/stats';

/** One of the two variants of a comparison. */
export type Side = 'a' | 'b';
export const sides: readonly Side[] = ['a', 'b'];

/**
 * Who runs when: pairs of batches, each with one batch of either side, in an order that is drawn for each pair, so that
 * neither side is always the one that follows the other.
 *
 * @param seed - Both processes draw the same order from it.
 * @param pairs - Of batches.
 * @returns 2 * `pairs` turns.
 */
export function turnsOf(seed: number, pairs: number): Side[] {
  const random = seededRandom(seed);
  return Array.from({ length: pairs }, () => (random() < 0.5 ? sides : sides.toReversed())).flat();
}
