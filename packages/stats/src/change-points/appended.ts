import type { ChangePoint } from '@perf/schema';
import { type ChangePointOptions, changePoints } from './change-points.js';

/**
 * What is known of the changes of a series that grows, as plain data: it can be kept as JSON between one value and the
 * next.
 */
export interface GrowingSeries {
  /** Values so far. */
  readonly count: number;
  /** Changes that later values no longer move, by index in the whole series. */
  readonly settled: readonly ChangePoint[];
  /** The latest values, at most 800: among them changes are looked for anew with each value. */
  readonly latest: readonly number[];
  /** All changes, settled or among the latest values, by index in the whole series. */
  readonly changePoints: readonly ChangePoint[];
}

/** A series without values. */
export const emptySeries: GrowingSeries = { count: 0, settled: [], latest: [], changePoints: [] };

/** When there are twice as many, the older half is left alone from then on. */
const LATEST = 400;

/**
 * Adds a value to a series and says what its changes are now, without going back over all of it: changes more than 800
 * values ago stay as they were found. Up to 800 values the answer is that of `changePoints`.
 *
 * @param series - Read only; `emptySeries` at first.
 * @param value - The next in order of time, in the unit of the others.
 * @throws {SampleError} `stats/not-finite`; `stats/out-of-range` for options.
 *
 * Cost: that of `changePoints` for at most 800 values, however long the series is.
 */
export function appended(
  series: GrowingSeries,
  value: number,
  options: ChangePointOptions = {},
): GrowingSeries {
  const count = series.count + 1;
  const latest = [...series.latest, value];
  const from = count - latest.length;
  const found = changePoints(latest, options).changePoints.map((change) => moved(change, from));
  if (latest.length < 2 * LATEST) {
    return { count, settled: series.settled, latest, changePoints: [...series.settled, ...found] };
  }
  const settled = [...series.settled, ...found.filter(({ index }) => index < count - LATEST)];
  const open = found.filter(({ index }) => index >= count - LATEST);
  return { count, settled, latest: latest.slice(-LATEST), changePoints: [...settled, ...open] };
}

function moved(change: ChangePoint, by: number): ChangePoint {
  const [low, high] = [change.low + by, change.high + by];
  return { ...change, index: change.index + by, low, high, interval: [low, high] };
}
