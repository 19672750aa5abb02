import type { MetricSeries } from './metric-series.js';

/** The values of two sides as ratio, p and interval see them. */
export interface ResolvedValues {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** What lower values count as; absent where no side, or only one, has a resolution. */
  readonly resolution?: number;
}

/**
 * Lifts every value of two series to the resolution of their metric: what is below it counts as this much.
 *
 * Nothing has no ratio to anything, and 2 bytes against 1 are no doubling where a counter cannot tell them apart.
 * Lifted, 0 against 1 MB is a ratio, and 0 against 0 is 1. Where the sides differ, the larger resolution holds for
 * both. A series without a resolution leaves both sides as they are, since then nobody knows what its 0 means.
 *
 * @param a - Read only, as is b.
 * @returns Values in the unit of the series, in their order.
 *
 * Cost: O(n + m).
 */
export function atResolution(a: MetricSeries, b: MetricSeries): ResolvedValues {
  if (a.resolution === undefined || b.resolution === undefined) return { a: a.values, b: b.values };
  const least = Math.max(a.resolution, b.resolution);
  const lifted = (values: readonly number[]) => values.map((value) => Math.max(value, least));
  return { a: lifted(a.values), b: lifted(b.values), resolution: least };
}
