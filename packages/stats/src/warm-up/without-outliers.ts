import { quantileSorted } from 'simple-statistics';
import { ascending } from '../quantile.js';

/** Values that the fences of one are drawn from: fewer in a short series, and at most this many. */
const WIDEST_WINDOW = 200;
const NARROWEST_WINDOW = 20;
/** How many times the distance between the 10 % and the 90 % quantile lies between the median and a fence. */
const FENCES = 3;

/**
 * Which values of a series of times are no outliers: those within the median of their neighbours, plus or minus three
 * times the distance between the neighbours' 10 % and 90 % quantiles.
 *
 * The first tenth of the series is kept as it is: what is far off there is warming up. The fences are drawn anew for every
 * quarter of a window.
 *
 * @param times - In order, finite; read only.
 * @returns Ascending indexes of what is kept; all of them where there are fewer than 40 values.
 *
 * Cost: O(n log w) with a window of w <= 200 values.
 * Source: Barrett, Bolz-Tereick, Killick, Mount & Tratt 2017, "Virtual Machine Warmup Blows Hot and Cold", Proceedings of
 * the ACM on Programming Languages 1(OOPSLA), section 4.2, there for 2,000 iterations and windows of 200.
 */
export function withoutOutliers(times: readonly number[]): number[] {
  const all = times.map((_, index) => index);
  const window = Math.min(WIDEST_WINDOW, Math.max(NARROWEST_WINDOW, Math.floor(times.length / 10)));
  if (times.length < 2 * window) return all;
  const step = Math.ceil(window / 4);
  const kept = all.slice(0, window);
  for (let from = window; from < times.length; from += step) {
    const to = Math.min(times.length, from + step);
    const middle = (from + to) / 2;
    const start = Math.round(Math.min(times.length - window, Math.max(0, middle - window / 2)));
    const near = ascending(times.slice(start, start + window));
    const reach = FENCES * (quantileSorted(near, 0.9) - quantileSorted(near, 0.1));
    const center = quantileSorted(near, 0.5);
    for (let i = from; i < to; i += 1) {
      if (Math.abs((times[i] as number) - center) <= reach) kept.push(i);
    }
  }
  return kept;
}
