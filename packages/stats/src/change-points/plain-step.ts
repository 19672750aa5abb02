import { quantileSorted } from 'simple-statistics';
import { ascending } from '../quantile.js';

/** How many times the spread around its levels a step has to be. A straight line reaches 2 and a random walk seldom 6. */
const TIMES_SPREAD = 10;
/** With fewer values, three of them may lie close together by chance. */
const FEWEST_VALUES = 8;

/**
 * Whether a split is a step that nobody needs statistics for: its two levels, medians, are at least ten times as far
 * apart as the middle half of either side is wide.
 *
 * Neighbours that are alike make a step of any size seem like more of the same to a test on ranks, which sees no sizes.
 *
 * @param values - Finite; read only.
 * @param at - First value of the second side; each side has at least 3.
 */
export function isPlainStep(values: readonly number[], at: number): boolean {
  if (values.length < FEWEST_VALUES) return false;
  const sides = [ascending(values.slice(0, at)), ascending(values.slice(at))];
  const [before, after] = sides.map((side) => quantileSorted(side, 0.5)) as [number, number];
  const widths = sides.map((side) => quantileSorted(side, 0.75) - quantileSorted(side, 0.25));
  const step = Math.abs(after - before);
  return step > 0 && step >= TIMES_SPREAD * Math.max(...widths);
}
