/**
 * Numbers of pairs after which the data may be looked at. More looks would cost more error for each; later ones lie
 * further apart, since little changes between them.
 */
export const looks: readonly number[] = [3, 4, 5, 6, 8, 11, 15, 20, 27, 36];

/**
 * Part of the whole error that each look gets, by the number of looks that are planned, so that an interval that is
 * looked at after every one of them and believed at the first that decides keeps its level.
 *
 * Simulated for these looks, Student's interval and the pseudomedian of normal pairs, at levels of 0.05 and 0.01; of the
 * two the smaller, and of few looks somewhat less still, as few pairs are not quite normal. The idea of one level for all
 * looks is Pocock's (1977, "Group sequential methods in the design and analysis of clinical trials", Biometrika 64(2)).
 */
const SHARES: readonly number[] = [0.8, 0.5, 0.38, 0.31, 0.255, 0.215, 0.185, 0.165, 0.15, 0.135];

/**
 * The level of each look that keeps the level of all together.
 *
 * @param planned - How many looks there may be, settled before the first; default: all.
 */
export function levelOfLook(level: number, planned: number = looks.length): number {
  return level * (SHARES[Math.min(Math.max(planned, 1), looks.length) - 1] as number);
}

/** The first look after so many pairs, or undefined after the last that is planned. */
export function nextLook(pairs: number, planned: number): number | undefined {
  return looks.slice(0, planned).find((look) => look > pairs);
}

/** How many looks there are on the way to so many pairs, at least one. */
export function looksWithin(pairs: number): number {
  return Math.max(1, looks.filter((look) => look <= pairs).length);
}

/**
 * How many looks the plans of these pairs had, all series together; all there are for a series that does not say.
 *
 * @param pairs - Each with its series, and what that one was planned to have.
 */
export function plannedLooks(
  pairs: readonly { readonly round: number; readonly looks?: number | undefined }[],
): number {
  const byRound = new Map<number, number | undefined>();
  for (const pair of pairs) byRound.set(pair.round, byRound.get(pair.round) ?? pair.looks);
  const planned = [...byRound.values()].reduce<number>((sum, count) => sum + (count ?? looks.length), 0);
  return Math.min(looks.length, Math.max(1, planned));
}
