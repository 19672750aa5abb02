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
  /** The latest values, at most 400: among them changes are looked for anew with each value. */
  readonly latest: readonly number[];
  /** All changes, settled or among the latest values, by index in the whole series. */
  readonly changePoints: readonly ChangePoint[];
}

/** A series without values. */
export const emptySeries: GrowingSeries = { count: 0, settled: [], latest: [], changePoints: [] };

/** A change that so many values follow is settled: those that come later are of another level. */
const SETTLED_AFTER = 100;
/** When there are more without a change that is settled, the older half is left alone from then on. */
const MOST_LATEST = 400;

/**
 * Adds a value to a series and says what its changes are now, without going back over all of it: changes that 100 values
 * follow stay as they were found. Until there is such a one, and up to 400 values, the answer is that of `changePoints`.
 *
 * @param series - Read only; `emptySeries` at first.
 * @param value - The next in order of time, in the unit of the others.
 * @throws {SampleError} `stats/not-finite`; `stats/out-of-range` for options.
 *
 * Cost: that of `changePoints` for at most 400 values, however long the series is.
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
  const [lastSettled] = found.filter(({ index }) => index <= count - SETTLED_AFTER).slice(-1);
  const begin = lastSettled?.index ?? (latest.length > MOST_LATEST ? count - MOST_LATEST / 2 : from);
  const settled = [...series.settled, ...found.filter(({ index }) => index <= begin)];
  const open = found.filter(({ index }) => index > begin);
  return { count, settled, latest: latest.slice(begin - from), changePoints: [...settled, ...open] };
}

function moved(change: ChangePoint, by: number): ChangePoint {
  const [low, high] = [change.low + by, change.high + by];
  return { ...change, index: change.index + by, low, high, interval: [low, high] };
}
