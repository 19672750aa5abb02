import { normalUpperTail } from '../normal-tail.js';
import { shortestSegment } from './best-split.js';

/** What the gain of a split, or of an arc, is the greatest of. */
export type Searched = 'splits' | 'arcs';

/**
 * Chance that the best of all splits, or arcs, of a long series with one level has at least this gain: the same that
 * rearranging tells, without drawing.
 *
 * The standardised sums along a series are a stationary process in the logarithm of before over after; how often its
 * peaks pass a level follows from how fast neighbours lose their likeness. Values whose neighbours are alike count as
 * fewer independent ones; close to the ends that asks for more than is needed.
 *
 * @param gain - A square of a standardised sum, as of `bestSplit` and `bestArc`.
 * @param n - Values, some hundreds at least.
 * @param alike - Correlation of neighbours, in [0, 1).
 * @returns p in [0, 1]. Against rearranging: see the tests.
 *
 * Cost: O(1).
 * Source: Siegmund 1986, "Boundary crossing probabilities and statistical applications", Annals of Statistics 14(2)
 * (splits); Siegmund 1988, "Approximate tail probabilities for the maxima of some random fields", Annals of Probability
 * 16(2) (arcs); Siegmund & Yakir 2007, "The Statistics of Gene Mapping" (the overshoot).
 */
export function chanceOfMaximum(gain: number, searched: Searched, n: number, alike: number): number {
  const worth = (1 - alike) / (1 + alike);
  const b = Math.sqrt(gain * worth);
  const independent = n * worth;
  if (!(b > 1)) return 1;
  const density = Math.exp((-b * b) / 2) / Math.sqrt(2 * Math.PI);
  const first = Math.min(0.5, shortestSegment / n);
  const [from, to] = [logit(first), logit(1 - first)];
  let sum = 0;
  for (let step = 0; step < STEPS; step++) {
    const share = 1 / (1 + Math.exp(-(from + ((step + 0.5) * (to - from)) / STEPS)));
    const overshoot = overshootOf(b / Math.sqrt(independent * share * (1 - share)));
    sum += searched === 'splits' ? overshoot : (overshoot * overshoot) / share;
  }
  const integral = (sum * (to - from)) / STEPS;
  const p =
    searched === 'splits'
      ? b * density * integral + 2 * normalUpperTail(b)
      : (b ** 3 * density * integral) / 2;
  return Math.min(1, p);
}

/** Of the integral over the place: the sum is smooth in its logit. */
const STEPS = 128;

function logit(share: number): number {
  return Math.log(share / (1 - share));
}

/** By how much a process that is seen at steps only stays below one that is seen always, in (0, 1]. */
function overshootOf(step: number): number {
  const half = step / 2;
  const density = Math.exp((-half * half) / 2) / Math.sqrt(2 * Math.PI);
  const below = 1 - normalUpperTail(half);
  return ((2 / step) * (below - 0.5)) / (half * below + density);
}
