import { ascending, median } from '../quantile.js';
import { allGains, type Split, shortestSegment } from './best-split.js';

/** Where a change is, and where it may be. */
export interface Place {
  /** First value after it. */
  readonly index: number;
  readonly low: number;
  readonly high: number;
}

/** A change, as the stretch between its neighbours shows it. */
export interface TestedSplit extends Place {
  readonly p: number;
}

/**
 * The place of a change within a stretch.
 *
 * Scores of ranks tell that there is a change, but hardly how far a value lies from either level: the largest value
 * before a clear step scores next to those after it. So among the splits that explain the scores nearly as well as the
 * best one, that one is taken whose two medians lie nearest to the values, and those that lie nearly as near are the
 * interval. Distances are absolute: no outlier decides.
 *
 * @param values - The stretch, in order of time; read only.
 * @param scores - Of the values, summing to 0; read only.
 * @param split - The best split of the scores.
 * @param confidence - Of the interval, in (0, 1).
 *
 * Cost: O(w * n log n), where w is how many splits explain the scores nearly as well; above 300 values O(n log n).
 * Source: Siegmund 1988, "Confidence sets in change-point problems", International Statistical Review 56(1): twice the
 * log likelihood lost stays below x with a chance of (1 - exp(-x / 2))^2. The likelihood of values is Laplace's, of
 * which medians are the centres.
 */
export function placeOfSplit(
  values: readonly number[],
  scores: Float64Array,
  split: Split,
  confidence: number,
): Place {
  const n = values.length;
  const lost = -2 * Math.log(1 - Math.sqrt(confidence));
  // Gains count variances of the whole; around the two levels less is left.
  const left = Math.max((n - 1 - split.gain) / Math.max(1, n - 2), 1 / n);
  const allowed = split.gain - lost * left - slack;
  const distanceOf =
    n > LONGEST_EXACT ? distancesFrom(values, split.index) : (at: number) => distanceAt(values, at);
  const distances = allGains(scores).flatMap((gain, index) =>
    gain > 0 && (gain >= allowed || Math.abs(index - split.index) <= shortestSegment)
      ? [{ index, distance: distanceOf(index) }]
      : [],
  );
  const nearest = distances.reduce((best, each) => (each.distance < best.distance ? each : best), {
    index: split.index,
    distance: distanceOf(split.index),
  });
  // The mean distance is the scale of Laplace's distribution; two of n values went into the medians.
  const scale = nearest.distance / Math.max(1, n - 2);
  const near = distances.filter(({ distance }) => 2 * (distance - nearest.distance) <= lost * scale);
  return {
    index: nearest.index,
    low: Math.min(nearest.index, ...near.map(({ index }) => index)),
    high: Math.max(nearest.index, ...near.map(({ index }) => index)),
  };
}

/** Gains of the ranks' scores move by steps; this much below the bound they still count. */
const slack = 1e-9;

/** The medians of longer stretches do not move with the few values between one place and the next. */
const LONGEST_EXACT = 300;

/** Sums of the distances to the medians of both sides of one place, by place. */
function distancesFrom(values: readonly number[], at: number): (place: number) => number {
  const [before, after] = [median(values.slice(0, at)), median(values.slice(at))];
  let sum = values.reduce((total, value) => total + Math.abs(value - after), 0);
  const sums = [sum];
  for (const value of values) {
    sum += Math.abs(value - before) - Math.abs(value - after);
    sums.push(sum);
  }
  return (place) => sums[place] as number;
}

/** Sum of the distances to the medians of both sides. */
function distanceAt(values: readonly number[], index: number): number {
  return aroundMedian(values.slice(0, index)) + aroundMedian(values.slice(index));
}

function aroundMedian(values: readonly number[]): number {
  const sorted = ascending(values);
  const middle = sorted[Math.floor(sorted.length / 2)] as number;
  return sorted.reduce((sum, value) => sum + Math.abs(value - middle), 0);
}
