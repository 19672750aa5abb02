import type { Better, Measurement, Unit } from '@perf/schema';

/** One metric of one probe over the processes of a run that gave it. */
export interface MetricSeries {
  readonly metric: string;
  readonly unit: Unit;
  readonly better: Better;
  /** Whether every process says that it may be called a regression. */
  readonly judged: boolean;
  /** Smallest value that means something, in `unit`: the largest that its processes give; none if one gives none. */
  readonly resolution: number | undefined;
  /** The value of each process, in `unit`, in the order of the measurements. */
  readonly values: readonly number[];
}

/**
 * The metrics of one probe, in order of first appearance.
 *
 * The process is the unit of replication, so each gives one value: `metric.value`, never its samples. Processes
 * that failed give none. A name that comes with two units or directions gives two series.
 *
 * @param measurements - Of one probe; read only.
 */
export function metricSeries(measurements: readonly Measurement[]): MetricSeries[] {
  const series = new Map<string, GrowingSeries>();
  for (const { status, metrics } of measurements) {
    if (status !== 'ok') continue;
    for (const { name, unit, better, value, judged, resolution } of metrics) {
      const key = JSON.stringify([name, unit, better]);
      const known = series.get(key);
      if (known === undefined) {
        series.set(key, { metric: name, unit, better, judged, resolution, values: [value] });
      } else {
        known.values.push(value);
        known.judged &&= judged;
        known.resolution = coarser(known.resolution, resolution);
      }
    }
  }
  return [...series.values()];
}

type GrowingSeries = Pick<MetricSeries, 'metric' | 'unit' | 'better'> & {
  judged: boolean;
  resolution: number | undefined;
  readonly values: number[];
};

function coarser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.max(a, b);
}
