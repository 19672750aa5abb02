import type { Better, Measurement, Unit } from '@perf/schema';

/** One metric of one probe over the processes of a run that gave it. */
export interface MetricSeries {
  readonly metric: string;
  readonly unit: Unit;
  readonly better: Better;
  /** Whether every process says that it may be called a regression. */
  readonly judged: boolean;
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
    for (const { name, unit, better, value, judged } of metrics) {
      const key = JSON.stringify([name, unit, better]);
      const known = series.get(key);
      if (known === undefined) series.set(key, { metric: name, unit, better, judged, values: [value] });
      else {
        known.values.push(value);
        known.judged &&= judged;
      }
    }
  }
  return [...series.values()];
}

type GrowingSeries = Omit<MetricSeries, 'judged' | 'values'> & { judged: boolean; readonly values: number[] };
