import { median } from '../quantile.js';

/** A stretch of a series with one level. */
export interface Segment {
  /** First and last value. */
  readonly from: number;
  readonly to: number;
  /** Median, in the unit of the values. */
  readonly level: number;
}

/** The stretches between change points. @param starts - First values of all but the first stretch, ascending. */
export function segmentsOf(values: readonly number[], starts: readonly number[]): Segment[] {
  return [0, ...starts].map((from, i) => {
    const end = starts[i] ?? values.length;
    return { from, to: end - 1, level: median(values.slice(from, end)) };
  });
}

/**
 * One level over another.
 *
 * @returns 1 for equal ones. Where there is no ratio, as from 0 to 5, the largest number a double holds, with the sign
 *   of the difference: documents hold no infinities.
 */
export function levelRatio(before: number, after: number): number {
  if (before === after) return 1;
  const ratio = after / before;
  if (Number.isFinite(ratio)) return ratio;
  return Math.sign(after - before) * Number.MAX_VALUE;
}
