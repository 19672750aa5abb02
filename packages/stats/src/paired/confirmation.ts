import type { Better, Compared, Verdict } from '@perf/schema';
import { verdictOf } from '../verdict.js';
import { betweenPairs } from './between-pairs.js';
import { plannedLooks } from './looks.js';

type Pairs = NonNullable<Compared['pairs']>;

/** The verdict of one series of pairs alone, as if it were the only comparison. */
export function verdictOfRound(
  pairs: Pairs,
  round: number,
  rules: { readonly better: Better; readonly threshold: number; readonly asked: number },
): Verdict {
  const ofRound = pairs.filter((pair) => pair.round === round);
  if (ofRound.length === 0) return 'undecided';
  const ratios = ofRound.map(({ ratio }) => Math.log(ratio));
  const { p, ...interval } = betweenPairs(ratios, rules.asked, plannedLooks(ofRound));
  return verdictOf({ ...interval, pAdjusted: p, ...rules });
}

/**
 * Whether fresh pairs, by themselves, say what all of them together say. One surprising series in a hundred is chance;
 * two in a row with the same outcome are not.
 *
 * @returns undefined if there are no fresh pairs.
 */
export function confirmed(
  pairs: Pairs,
  verdict: Verdict,
  rules: Parameters<typeof verdictOfRound>[2],
): boolean | undefined {
  if (!pairs.some(({ round }) => round === 2)) return undefined;
  return verdictOfRound(pairs, 2, rules) === verdict;
}
