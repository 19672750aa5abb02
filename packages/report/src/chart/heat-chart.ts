import { type Measurement, probeKey, type Run } from '@perf/schema';
import { leadingSummary, type ProbeReport } from '../probe-report.js';
import { clip } from '../terminal/display-width.js';

/** How far each process of each probe lies from its probe's figure. */
export interface HeatChart {
  /** Numbers of the processes. */
  readonly columns: readonly number[];
  readonly rows: readonly {
    /** Neutralised. */
    readonly title: string;
    /** Per column: value over the probe's figure, minus 1; NaN where there is none. */
    readonly values: readonly number[];
  }[];
  /** The deviation at which colours are fullest. */
  readonly limit: number;
  /** What it leaves out, if anything. */
  readonly note: string;
}

const mostRows = 60;
const mostColumns = 40;
/** Deviations below this are noise on any machine, and must not look like an alarm. */
const leastLimit = 0.05;

/**
 * Probes by processes: a column that stands out is a moment in which the machine was disturbed.
 *
 * @returns Nothing below two probes or two processes.
 */
export function heatChart(run: Run | undefined, probes: readonly ProbeReport[]): HeatChart | undefined {
  if (run === undefined) return undefined;
  const rows = probes.flatMap((probe) => {
    const summary = leadingSummary(probe);
    if (summary === undefined || !(Math.abs(summary.estimate) > 0)) return [];
    return [
      {
        title: probe.title,
        key: probeKey(probe.probe),
        ...summary,
        values: valuesOf(probe.measurements, summary.metric),
      },
    ];
  });
  const indexes = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b);
  if (rows.length < 2 || indexes.length < 2) return undefined;
  const columns = indexes.slice(0, mostColumns);
  const drawn = rows.slice(0, mostRows).map(({ title, estimate, values }) => ({
    title: clip(title, 60),
    values: columns.map((index) => (values.get(index) ?? Number.NaN) / estimate - 1),
  }));
  const sizes = drawn
    .flatMap(({ values }) => values.map(Math.abs).filter(Number.isFinite))
    .sort((a, b) => a - b);
  const limit = Math.max(leastLimit, sizes[Math.floor((sizes.length - 1) * 0.95)] ?? 0);
  return {
    columns,
    rows: drawn,
    limit,
    note: [
      rows.length > mostRows ? `${mostRows} of ${rows.length} probes drawn.` : '',
      indexes.length > mostColumns ? `${mostColumns} of ${indexes.length} processes drawn.` : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  };
}

function valuesOf(measurements: readonly Measurement[], metric: string): Map<number, number> {
  return new Map(
    measurements.flatMap(({ process, metrics }) =>
      metrics.filter(({ name }) => name === metric).map(({ value }) => [process.index, value] as const),
    ),
  );
}
