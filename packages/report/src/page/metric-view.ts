import type { Compared, Metric, Summary } from '@perf/schema';
import { type ChangeChart, changeChart } from '../chart/change-chart.js';
import { type DistributionChart, distributionChart } from '../chart/distribution-chart.js';
import { type ProcessChart, processChart } from '../chart/process-chart.js';
import { distributionFigure } from '../interactive/distribution-figure.js';
import type { Figures } from '../interactive/figure.js';
import type { ProbeReport } from '../probe-report.js';
import { formatChange, formatChangeRange, formatFraction } from '../words/change.js';
import { type Asked, formatConfidence } from '../words/confidence.js';
import { counted } from '../words/counted.js';
import { metricName, perWhat } from '../words/metric-phrase.js';
import { metricUnit } from '../words/metric-unit.js';
import { type DisplayUnit, formatInterval, formatQuantity } from '../words/quantity.js';
import { comparedSentence, hasInterval, measuredSentence } from '../words/sentence.js';
import { type Badge, verdictBadge } from './badge.js';

/** A label and what stands beside it. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** An interactive figure's place among those of the page, and what it leaves out. */
export interface DrawnFigure {
  readonly figure: number;
  readonly note: string;
}

/** Where interactive distributions go, and how many samples of a process each may have. */
export interface SampleFigures {
  readonly figures: Figures;
  readonly most: number;
}

/** One process's value in the table under a chart. */
export interface ValueRow {
  readonly side: string;
  readonly process: string;
  readonly value: string;
  readonly samples: string;
  readonly batch: string;
}

/** One judged metric of a probe: sentence, charts, and the tables under them. */
export interface MetricView {
  readonly name: string;
  /** What the axis shows, such as `time per operation`. */
  readonly axisTitle: string;
  readonly badge: Badge | undefined;
  readonly sentences: readonly string[];
  readonly change: ChangeChart | undefined;
  readonly distribution: DistributionChart | undefined;
  /** The same, interactive. */
  readonly distributionPlot: DrawnFigure | undefined;
  readonly processes: ProcessChart | undefined;
  readonly facts: readonly Fact[];
  readonly rows: readonly ValueRow[];
}

/**
 * The views of a probe's metrics that deserve charts: the compared ones, and the judged ones of the run.
 *
 * @param asked - Confidence that the documents of `report` asked for.
 */
export function metricViews(
  report: ProbeReport,
  asked: Asked,
  samples: SampleFigures | undefined,
): MetricView[] {
  const compared = report.compared.map(({ metric }) => metric);
  const judged = report.summaries.filter((summary) => summary.judged).map(({ metric }) => metric);
  return [...new Set([...judged, ...compared])].map((metric) => metricView(report, metric, asked, samples));
}

function metricView(
  report: ProbeReport,
  metric: string,
  asked: Asked,
  samples: SampleFigures | undefined,
): MetricView {
  const compared = report.compared.find((candidate) => candidate.metric === metric);
  const summary = report.summaries.find((candidate) => candidate.metric === metric);
  const interval = summary !== undefined && hasInterval(summary) ? summary : undefined;
  const measured = report.measurements.flatMap(({ process, metrics }) =>
    metrics.filter(({ name }) => name === metric).map((found) => ({ index: process.index, metric: found })),
  );
  const unit = metricUnit(metric, compared?.unit ?? summary?.unit ?? 'count');
  const axisTitle = `${metricName(metric)}${perWhat({ probe: report.probe, metric })}`;
  const ownValues =
    measured.length > 0 ? measured.map((found) => found.metric.value) : (compared?.values.b ?? []);
  return {
    name: metricName(metric),
    axisTitle,
    badge: compared && verdictBadge(compared),
    sentences: [
      compared && comparedSentence(compared, asked.changes),
      compared === undefined || report.measurements.length > 0
        ? summary && measuredSentence(summary, asked.figures)
        : undefined,
    ].filter((sentence) => sentence !== undefined),
    change: compared && changeChart(compared),
    distribution: distributionChart(measured, interval),
    distributionPlot: samples && distributionPlot(measured, axisTitle, samples),
    processes: processChart(
      [
        { label: 'baseline', values: compared?.values.a ?? [], center: compared?.center.a, baseline: true },
        {
          label: ownLabel(measured.length),
          values: ownValues,
          interval,
          center: compared?.center.b,
          baseline: false,
        },
      ],
      unit,
    ),
    facts: [...(compared ? changeFacts(compared) : []), ...(summary ? summaryFacts(summary) : [])],
    rows: [...baselineRows(compared, unit), ...ownRows(measured, compared, unit)],
  };
}

function distributionPlot(
  measured: Parameters<typeof distributionFigure>[0],
  axisTitle: string,
  { figures, most }: SampleFigures,
): DrawnFigure | undefined {
  const figure = distributionFigure(measured, axisTitle, most);
  return (
    figure && {
      figure: figures.add({ data: figure.data, layout: figure.layout, height: figure.height }),
      note: figure.note,
    }
  );
}

/** What the side that is not the baseline is called. */
function ownLabel(measurements: number): string {
  return measurements > 0 ? 'this run' : 'compared';
}

function changeFacts(compared: Compared): Fact[] {
  const { ratio, low, high, better, unit, confidence, p, pAdjusted, threshold, processes } = compared;
  const probability = (value: number): string =>
    value < 0.0001 ? 'below 0.0001' : String(Number(value.toPrecision(2)));
  const known = confidence > 0;
  return [
    { name: 'change', value: known ? formatChange(ratio, better, unit) : 'unknown' },
    {
      name: 'its interval',
      value: known
        ? `${formatChangeRange(ratio, low, high)} (attains ${formatConfidence(confidence)})`
        : 'none',
    },
    { name: 'threshold', value: formatFraction(threshold) },
    { name: 'processes', value: `${processes.b} against ${counted(processes.a, 'process')}` },
    { name: 'p', value: probability(p) },
    { name: 'p, adjusted', value: probability(pAdjusted) },
  ];
}

function summaryFacts(summary: Summary): Fact[] {
  const name = metricName(summary.metric);
  if (!hasInterval(summary))
    return [{ name, value: `no interval from ${counted(summary.processes, 'process')}` }];
  const { estimate, bounds } = formatInterval(summary, metricUnit(summary.metric, summary.unit));
  const basis = `attains ${formatConfidence(summary.confidence)}, ${counted(summary.processes, 'process')}`;
  return [{ name, value: `${estimate} (${bounds}; ${basis})` }];
}

function baselineRows(compared: Compared | undefined, unit: DisplayUnit): ValueRow[] {
  return (compared?.values.a ?? []).map((value, index) =>
    valueRow('baseline', index, formatQuantity(value, unit)),
  );
}

function ownRows(
  measured: readonly { readonly index: number; readonly metric: Metric }[],
  compared: Compared | undefined,
  unit: DisplayUnit,
): ValueRow[] {
  if (measured.length === 0) {
    return (compared?.values.b ?? []).map((value, index) =>
      valueRow('this', index, formatQuantity(value, unit)),
    );
  }
  return measured.map(({ index, metric }) => ({
    ...valueRow(ownLabel(measured.length), index, formatQuantity(metric.value, unit)),
    samples: metric.samples === undefined ? '' : String(metric.samples.length),
    batch: metric.batch === undefined ? '' : String(metric.batch),
  }));
}

function valueRow(side: string, process: number, value: string): ValueRow {
  return { side, process: String(process), value, samples: '', batch: '' };
}
