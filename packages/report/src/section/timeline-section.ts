import type { Run, Timeline } from '@perf/schema';
import { colourOf, type LinePlot } from '../chart/plot.js';
import { thinLine } from '../chart/thin.js';
import { words } from '../page/resource-rows.js';
import { clip } from '../terminal/display-width.js';
import { metricUnit } from '../words/metric-unit.js';
import { formatQuantity } from '../words/quantity.js';
import { type Holders, holdersOf } from './by-probe.js';
import { cell, column, type Section, type SectionPart } from './section.js';

type Series = Timeline['series'][number];

const mostProcesses = 6;
/** Points of one line: small drawings show no more. */
const mostPoints = 160;
const scopes = { process: 'the measuring process', target: 'the target', machine: 'the machine' } as const;

/** Figures over the time of the measurements; nothing if none were kept. */
export function timelineSection(run: Run): Section | undefined {
  const probes = holdersOf(
    run,
    ({ artifacts }) =>
      (artifacts.timeline?.at.length ?? 0) > 1 && (artifacts.timeline?.series.length ?? 0) > 0,
  );
  if (probes.length === 0) return undefined;
  return {
    id: 'timeline',
    title: 'Resources over time',
    lead: 'Since each measurement began, warm-up included. A line for each process. Steps and slopes within a line say that the figures above mix several states.',
    parts: probes.map(partOf),
  };
}

function partOf({ title, measurements }: Holders): SectionPart {
  const timelines = measurements.flatMap(({ process, artifacts: { timeline } }) =>
    timeline === undefined ? [] : [{ process: process.index, timeline }],
  );
  const kinds = new Map<string, Series>();
  for (const { timeline } of timelines)
    for (const series of timeline.series) {
      const key = keyOf(series);
      if (!kinds.has(key)) kinds.set(key, series);
    }
  const shown = timelines.slice(0, mostProcesses);
  const note =
    timelines.length > mostProcesses
      ? { note: `${mostProcesses} of ${timelines.length} processes drawn.` }
      : {};
  return {
    title,
    sentences: [],
    plots: [...kinds].map(
      ([key, kind]): LinePlot => ({
        caption: `${clip(words(kind.name.replaceAll('_', ' ')), 60)} of ${scopes[kind.scope]}`,
        description:
          'Its readings over the time of the measurement, a line for each process. Least and greatest are in the table.',
        x: { title: 'time', unit: 'ns', zero: true },
        y: {
          title: clip(words(kind.name.replaceAll('_', ' ')), 40),
          unit: metricUnit(kind.name, kind.unit),
          zero: kind.unit === 'ratio',
        },
        series: shown.flatMap(({ process, timeline }, index) => {
          const series = timeline.series.find((candidate) => keyOf(candidate) === key);
          return series === undefined
            ? []
            : [
                {
                  name: `process ${process}`,
                  draw: 'line' as const,
                  colour: colourOf(index),
                  points: pointsOf(timeline, series),
                },
              ];
        }),
        ...note,
      }),
    ),
    tables: [
      {
        caption: 'Least and greatest reading',
        open: false,
        columns: [
          column('Of'),
          column('Process', true),
          column('Least', true),
          column('Greatest', true),
          column('Readings', true),
        ],
        rows: timelines.flatMap(({ process, timeline }) =>
          timeline.series.map((series) => {
            const [least, greatest, readings] = rangeOf(series);
            const unit = metricUnit(series.name, series.unit);
            return [
              cell(`${clip(words(series.name.replaceAll('_', ' ')), 60)} of ${scopes[series.scope]}`),
              cell(String(process)),
              cell(readings === 0 ? 'could not be read' : formatQuantity(least, unit)),
              cell(readings === 0 ? '' : formatQuantity(greatest, unit)),
              cell(String(readings)),
            ];
          }),
        ),
      },
    ],
  };
}

function keyOf({ name, scope }: Series): string {
  return JSON.stringify([scope, name]);
}

function pointsOf({ at }: Timeline, { values }: Series): { x: number; y: number }[] {
  return thinLine(
    at.map((x, index) => ({ x, y: values[index] ?? Number.NaN })),
    mostPoints,
  );
}

function rangeOf({ values }: Series): [least: number, greatest: number, readings: number] {
  let [least, greatest, readings] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const value of values) {
    if (value === null) continue;
    [least, greatest, readings] = [Math.min(least, value), Math.max(greatest, value), readings + 1];
  }
  return [least, greatest, readings];
}
