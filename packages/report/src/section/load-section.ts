import type { LoadProfile, LoadStage, Run } from '@perf/schema';
import type { BarPlot } from '../chart/bar-plot.js';
import { colourOf, type LinePlot, type PlotAxis } from '../chart/plot.js';
import { visible } from '../visible.js';
import { counted } from '../words/counted.js';
import { loadSentence, stageAim, stageErrors } from '../words/load.js';
import { formatQuantity } from '../words/quantity.js';
import { type Holders, holdersOf } from './by-probe.js';
import { cell, column, type Section, type SectionPart, type SectionTable } from './section.js';

/** Processes drawn over each other, and processes whose stages are listed. */
const mostProcesses = 8;
/** Kinds of errors that can be told apart by colour; the tables have all. */
const mostKinds = 8;
const percentiles = ['p50', 'p90', 'p99', 'p999'] as const;
const percentileNames = { p50: 'p50', p90: 'p90', p99: 'p99', p999: 'p99.9' } as const;

/** What loads did to their targets, by stage; nothing if the run has no load. */
export function loadSection(run: Run): Section | undefined {
  const probes = holdersOf(run, ({ artifacts }) => (artifacts.load?.stages.length ?? 0) > 0);
  if (probes.length === 0) return undefined;
  return {
    id: 'load',
    title: 'Load',
    lead: 'Response times are of successful operations, from the intended start to the end: what a user waits. Throughput counts successful operations.',
    parts: probes.map(partOf),
  };
}

function partOf({ title, measurements }: Holders): SectionPart {
  const loads = measurements.flatMap(({ process, artifacts }) =>
    artifacts.load === undefined ? [] : [{ process: process.index, load: artifacts.load }],
  );
  const shown = loads.slice(0, mostProcesses);
  const sentence = loadSentence(measurements);
  const first = shown[0];
  return {
    title,
    sentences: sentence === undefined ? [] : [sentence],
    plots:
      first === undefined
        ? []
        : [throughputPlot(first.load, shown), latencyPlot(first)].filter(({ series }) =>
            series.some(({ points }) => points.length > 1),
          ),
    bars: first === undefined ? [] : errorBars(first),
    tables: shown.map(({ process, load }, index) => stagesTable(load, process, index === 0)),
  };
}

/** The aim of the stages is the x axis where it grows with every stage; else the middle of their times is. */
function xOf({ stages }: LoadProfile): { axis: PlotAxis; at: (stage: LoadStage) => number } {
  const grows = (aim: (stage: LoadStage) => number | undefined): boolean =>
    stages.length > 1 &&
    stages.every(
      (stage, index) =>
        index === 0 || (aim(stage) ?? Number.NaN) > (aim(stages[index - 1] as LoadStage) ?? Number.NaN),
    );
  if (grows(({ rate }) => rate))
    return { axis: { title: 'arrivals', unit: '1/s', zero: true }, at: ({ rate }) => rate ?? Number.NaN };
  if (grows(({ concurrency }) => concurrency)) {
    return {
      axis: { title: 'operations in flight', unit: 'count', zero: true },
      at: ({ concurrency }) => concurrency ?? Number.NaN,
    };
  }
  return { axis: { title: 'time', unit: 'ns', zero: true }, at: ({ from, to }) => (from + to) / 2 };
}

function throughputPlot(
  first: LoadProfile,
  loads: readonly { process: number; load: LoadProfile }[],
): LinePlot {
  return {
    caption: 'Throughput by stage',
    description: `Successful operations a second over the stages of the load, a line for each of ${counted(loads.length, 'process')}.`,
    x: xOf(first).axis,
    y: { title: 'throughput', unit: '1/s', zero: true },
    series: loads.map(({ process, load }, index) => ({
      name: `process ${process}`,
      draw: 'both',
      colour: colourOf(index),
      points: load.stages.map((stage) => ({
        x: xOf(first).at(stage),
        y: stage.throughput,
        label: stageAim(stage),
      })),
    })),
    ...breakMarks(first),
  };
}

function latencyPlot({ process, load }: { process: number; load: LoadProfile }): LinePlot {
  const { axis, at } = xOf(load);
  return {
    caption: `Response time by stage, process ${process}`,
    description:
      'Percentiles of the response time over the stages of the load. The table below has the figures of every process.',
    x: axis,
    y: { title: 'response time', unit: 'ns', log: true },
    series: percentiles.map((name, index) => ({
      name: percentileNames[name],
      draw: 'both',
      colour: colourOf(index),
      points: load.stages.flatMap((stage) =>
        stage.latency === undefined ? [] : [{ x: at(stage), y: stage.latency[name], label: stageAim(stage) }],
      ),
    })),
    ...breakMarks(load),
  };
}

function breakMarks(load: LoadProfile): Pick<LinePlot, 'marks'> {
  const stage = load.breakingPoint && load.stages[load.breakingPoint.stage];
  return stage === undefined ? {} : { marks: [{ x: xOf(load).at(stage), label: 'broke here' }] };
}

function stagesTable({ stages }: LoadProfile, process: number, open: boolean): SectionTable {
  return {
    caption: `The stages in process ${process}`,
    open,
    columns: [
      column('Stage', true),
      column('Aim'),
      column('Lasted', true),
      column('Operations', true),
      column('Throughput', true),
      ...percentiles.map((name) => column(percentileNames[name], true)),
      column('Greatest', true),
      column('Errors by kind'),
    ],
    rows: stages.map((stage, index) => [
      cell(String(index + 1)),
      cell(stageAim(stage)),
      cell(formatQuantity(stage.to - stage.from, 'ns')),
      cell(String(stage.operations)),
      cell(formatQuantity(stage.throughput, '1/s')),
      ...[...percentiles, 'max' as const].map((name) =>
        cell(stage.latency === undefined ? '' : formatQuantity(stage.latency[name], 'ns')),
      ),
      cell(stageErrors(stage)),
    ]),
  };
}

/** Failed operations by kind over the stages; nothing where none failed. */
function errorBars({ process, load: { stages } }: { process: number; load: LoadProfile }): BarPlot[] {
  const totals = new Map<string, number>();
  for (const { errors } of stages)
    for (const [kind, count] of Object.entries(errors))
      if (count > 0) totals.set(kind, (totals.get(kind) ?? 0) + count);
  if (totals.size === 0) return [];
  const kinds = [...totals].sort(([, a], [, b]) => b - a).slice(0, mostKinds);
  return [
    {
      caption: `Failed operations by kind, process ${process}`,
      xTitle: 'stage',
      yTitle: 'failed operations',
      labels: stages.map(stageAim),
      series: kinds.map(([kind], index) => ({
        name: visible(kind),
        colour: colourOf(index),
        values: stages.map(({ errors }) => (Object.hasOwn(errors, kind) ? (errors[kind] ?? 0) : 0)),
      })),
    },
  ];
}
