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
  const turns: Side[] = [];
  let state = seed >>> 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    if (((mixed ^ (mixed >>> 14)) & 1) === 0) turns.push('a', 'b');
    else turns.push('b', 'a');
  }
  return turns;
}
