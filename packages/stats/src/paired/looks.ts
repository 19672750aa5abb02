/**
 * Numbers of pairs after which the data may be looked at. More looks would cost more error for each; later ones lie
 * further apart, since little changes between them.
 */
export const looks: readonly number[] = [3, 4, 5, 6, 8, 11, 15, 20, 27, 36];

/**
 * Part of the whole error that each look gets, whatever came before it, so that an interval that is looked at after
 * every one of the ten and believed at the first that decides keeps its level.
 *
 * Source: Pocock 1977, "Group sequential methods in the design and analysis of clinical trials", Biometrika 64(2): ten
 * looks at 0.05 have a nominal level of 0.0106 each, at 0.01 of 0.0018. The share for 0.01 is the smaller one, and
 * taken for all levels; the looks here are further apart than Pocock's, for which it was simulated as well.
 */
const SHARE_OF_A_LOOK = 0.18;

/** The level of each look that keeps the level of all together. */
export function levelOfLook(level: number): number {
  return level * SHARE_OF_A_LOOK;
}

/** The first look after so many pairs, or undefined after the last. */
export function nextLook(pairs: number): number | undefined {
  return looks.find((look) => look > pairs);
}
