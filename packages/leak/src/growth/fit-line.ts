import type { Interval } from '@perf/schema';
import { median } from '@perf/stats';

/** Two-sided 95 % point of the normal distribution. */
const Z95 = 1.959963984540054;
/** Longer series are thinned to this length: pairs grow with its square. */
const MOST_POINTS = 400;

/**
 * The slope of the Theil–Sen line, with its 95 % interval: the median of the slopes of all pairs, which a few odd readings do not move.
 *
 * The interval is Sen's, from the distribution of Kendall's statistic by its normal approximation; it is the range
 * of all slopes where points are too few for it.
 *
 * @param x - Ascending without ties, shape (n), n >= 2.
 * @param y - Same shape; any unit. Neither is mutated.
 *
 * Cost: O(n² log n) time, O(n²) memory, n at most 400: beyond, every kth point is taken.
 * Source: Sen 1968, "Estimates of the regression coefficient based on Kendall's tau", JASA 63(324).
 */
export function fitLine(x: readonly number[], y: readonly number[]): Interval {
  const points = thinned(x.map((at, index) => ({ x: at, y: y[index] as number })));
  const slopes: number[] = [];
  for (const [index, a] of points.entries()) {
    for (const b of points.slice(index + 1)) slopes.push((b.y - a.y) / (b.x - a.x));
  }
  slopes.sort((a, b) => a - b);
  const n = points.length;
  const width = Z95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const rank = Math.max(0, Math.floor((slopes.length - width) / 2) - 1);
  const estimate = median(slopes);
  return {
    estimate,
    low: slopes[rank] ?? estimate,
    high: slopes[slopes.length - 1 - rank] ?? estimate,
  };
}

function thinned<Point>(points: Point[]): Point[] {
  const step = Math.ceil(points.length / MOST_POINTS);
  return step === 1 ? points : points.filter((_, index) => index % step === 0);
}
