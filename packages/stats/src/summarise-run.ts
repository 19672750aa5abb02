import type { Run, Summary } from '@perf/schema';
import { medianInterval } from './median-interval.js';
import { metricSeries } from './metric-series.js';
import { probeGroups } from './probe-pairs.js';

/**
 * One line per probe and metric of a run: the median over its processes with an exact interval.
 *
 * Processes that failed are left out; a probe whose processes all failed has no line. Metrics that are only context
 * have one too, with `judged: false`.
 *
 * @param run - Read only; may still be running.
 * @param confidence - Asked for, in (0, 1); with fewer than 6 processes 0.95 is not attained, and each line says
 *   what is.
 * @returns In order of first appearance.
 * @throws {SampleError} `stats/not-finite` for values that no document can hold; `stats/out-of-range` for the
 *   confidence.
 *
 * Cost: per probe and metric that of `medianInterval`.
 */
export function summariseRun(run: Run, confidence = 0.95): Summary[] {
  return [...probeGroups(run.measurements).values()].flatMap(({ probe, measurements }) =>
    metricSeries(measurements).map(({ metric, unit, better, judged, values }) => ({
      probe: { suite: probe.suite, name: probe.name, kind: probe.kind, params: { ...probe.params } },
      metric,
      unit,
      better,
      ...medianInterval(values, confidence),
      processes: values.length,
      judged,
    })),
  );
}
