import type { PairPoint } from './paired-measurements.js';

/**
 * Time to spend on the batches of one more pair [ms], where it buys most: long pairs make each of them surer, and leave
 * fewer of them to even out the differences between processes.
 *
 * @param points - Of the pairs so far.
 * @param spent - What one pair took on average [ms]: on its batches, and on all else.
 * @param bounds - The result is kept within them [ms].
 *
 * Source: Kalibera & Jones 2013, "Rigorous benchmarking in reasonable time", equation 4: repetitions within a level grow
 * with the root of the cost of the level above over that of the level below, and with the spread within over the spread
 * between.
 */
export function bestPairTime(
  points: readonly PairPoint[],
  spent: { readonly batchesMs: number; readonly otherMs: number },
  bounds: { readonly least: number; readonly most: number },
): number {
  const errors = points.flatMap(({ standardError }) => (standardError === undefined ? [] : [standardError]));
  if (errors.length < 2 || spent.batchesMs <= 0) return spent.batchesMs;
  const within = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
  const mean = points.reduce((sum, { logRatio }) => sum + logRatio, 0) / points.length;
  const observed =
    points.reduce((sum, { logRatio }) => sum + (logRatio - mean) ** 2, 0) / (points.length - 1);
  const between = Math.max(observed - within, within / 100);
  if (within === 0) return bounds.least;
  const best = Math.sqrt((spent.otherMs * spent.batchesMs * within) / between);
  return Math.min(bounds.most, Math.max(bounds.least, best));
}
