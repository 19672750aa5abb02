import { medianInterval, type SeriesInput } from '@perf/stats';
import type { Point, PointSeries } from '@perf/store';

/**
 * A stored series as one value per run, the median of its processes, in commit order.
 *
 * @param last - At most so many runs, the latest.
 * @param confidence - Of each run's interval, in (0, 1).
 */
export function seriesInput(stored: PointSeries, last: number, confidence: number): SeriesInput {
  const runs = [...byRun(stored.points).values()].slice(-last);
  const values: number[] = [];
  const points = runs.map((points) => {
    const { estimate, low, high } = medianInterval(
      points.map(({ value }) => value),
      confidence,
    );
    values.push(estimate);
    const { run, commit, startedAt } = points[0] as Point;
    return { run, ...(commit !== undefined && { commit }), startedAt, processes: points.length, low, high };
  });
  const { key, probe, metric, unit, better, environment, branch } = stored;
  return { key, probe, metric, unit, better, environment, branch, values, points };
}

/** In order of first appearance, which is that of the points. */
function byRun(points: readonly Point[]): Map<string, Point[]> {
  const runs = new Map<string, Point[]>();
  for (const point of points) {
    const known = runs.get(point.run);
    if (known === undefined) runs.set(point.run, [point]);
    else known.push(point);
  }
  return runs;
}
