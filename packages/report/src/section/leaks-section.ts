import { type Growth, type LeakSummary, type Measurement, probeKey, type Run } from '@perf/schema';
import { colourOf, type LinePlot } from '../chart/plot.js';
import { thinLine } from '../chart/thin.js';
import type { Badge } from '../page/badge.js';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { growthText, leakSentence, leaksWorstFirst, resourceName, resourceUnit } from '../words/leak.js';
import { formatQuantity } from '../words/quantity.js';
import { type Holders, holdersOf } from './by-probe.js';
import { cell, column, type Section, type SectionPart, type SectionTable } from './section.js';

const mostProcesses = 10;
const mostConstructors = 30;

export const leakBadges: Readonly<Record<LeakSummary['verdict'], Badge>> = {
  leaking: { tone: 'regressed', sign: '▲', word: 'leaking' },
  saturating: { tone: 'equivalent', sign: '⌒', word: 'saturating' },
  steady: { tone: 'improved', sign: '=', word: 'steady' },
  undecided: { tone: 'undecided', sign: '?', word: 'undecided' },
};

/** What grew over iterations, and what holds on to it; nothing if the run hunted no leaks. */
export function leaksSection(run: Run): Section | undefined {
  const leaks = leaksWorstFirst(run.leaks ?? []);
  const holders = holdersOf(run, ({ artifacts }) => artifacts.growth !== undefined);
  if (leaks.length === 0 && holders.length === 0) return undefined;
  const byProbe = new Map<string, LeakSummary[]>();
  for (const leak of leaks) {
    const key = probeKey(leak.probe);
    byProbe.set(key, [...(byProbe.get(key) ?? []), leak]);
  }
  const growing = new Map(holders.map((holder) => [probeKey(holder.measurements[0].probe), holder]));
  return {
    id: 'leaks',
    title: 'Leaks',
    lead: 'Garbage is collected before every reading, so what grows is held. Lines that rise to the end leak; lines that level off fill a cache. Growth is counted from the first reading.',
    parts: [...new Set([...byProbe.keys(), ...growing.keys()])].map((key) =>
      partOf(byProbe.get(key) ?? [], growing.get(key)),
    ),
  };
}

function partOf(leaks: readonly LeakSummary[], holder: Holders | undefined): SectionPart {
  const worst = leaks[0];
  const title = holder?.title ?? '';
  const measurements = holder?.measurements ?? [];
  return {
    title:
      title === '' && worst !== undefined
        ? clip(visible(`${worst.probe.suite} › ${worst.probe.name}`), 120)
        : title,
    badge: worst && leakBadges[worst.verdict],
    // What is steady stands in the table.
    sentences: leaks.filter(({ verdict }, index) => index === 0 || verdict !== 'steady').map(leakSentence),
    plots: growthPlots(measurements, leaks),
    tables: [...verdictsTable(leaks), ...constructorsTable(measurements)],
  };
}

/** A plot per resource that changed at all, those with the worse verdict first. */
function growthPlots(measurements: readonly Measurement[], leaks: readonly LeakSummary[]): LinePlot[] {
  const growths = measurements.flatMap(({ process, artifacts: { growth } }) =>
    growth === undefined ? [] : [{ process: process.index, growth }],
  );
  const read = new Set(growths.flatMap(({ growth }) => Object.keys(growth.readings)));
  const ordered = [
    ...new Set([
      ...leaks.map(({ resource }) => resource as string).filter((name) => read.has(name)),
      ...read,
    ]),
  ];
  const changed = ordered.filter((resource) =>
    growths.some(({ growth }) => growthPoints(growth, resource).some(({ y }) => y !== 0)),
  );
  return changed.map((resource) => ({
    caption: `Growth: ${resource in names ? resourceName(resource as LeakSummary['resource']) : visible(resource)}`,
    description:
      'What was held after so many iterations, less what was held at the first reading; a line for each process.',
    x: { title: 'iterations', unit: 'count' },
    y: { title: 'growth', unit: resourceUnit(resource), zero: true },
    series: growths.slice(0, mostProcesses).map(({ process, growth }, index) => ({
      name: `process ${process}`,
      draw: 'both',
      colour: colourOf(index),
      points: thinLine(growthPoints(growth, resource)),
    })),
    ...(growths.length > mostProcesses
      ? { note: `${mostProcesses} of ${growths.length} processes drawn.` }
      : {}),
  }));
}

const names: Readonly<Record<LeakSummary['resource'], true>> = {
  heap: true,
  external: true,
  rss: true,
  fd: true,
  handle: true,
};

function growthPoints({ iterations, readings }: Growth, resource: string): { x: number; y: number }[] {
  const values = Object.hasOwn(readings, resource) ? (readings[resource] ?? []) : [];
  const first = values[0] ?? 0;
  return values.flatMap((value, index) => {
    const x = iterations[index];
    return x === undefined ? [] : [{ x, y: value - first }];
  });
}

function verdictsTable(leaks: readonly LeakSummary[]): SectionTable[] {
  if (leaks.length === 0) return [];
  return [
    {
      caption: 'Verdicts by resource',
      open: true,
      columns: [
        column('Verdict'),
        column('Resource'),
        column('Growth', true),
        column('Could have seen', true),
      ],
      rows: leaks.map((leak) => [
        { text: '', badge: leakBadges[leak.verdict] },
        cell(resourceName(leak.resource)),
        cell(growthText(leak)),
        cell(`${formatQuantity(leak.sensitivityBytes, resourceUnit(leak.resource))} per iteration`),
      ]),
    },
  ];
}

/** Of the first process that took heap snapshots: they cost too much to take in each. */
function constructorsTable(measurements: readonly Measurement[]): SectionTable[] {
  const found = measurements.find(({ artifacts }) => (artifacts.growth?.constructors?.length ?? 0) > 0);
  const grown = found?.artifacts.growth?.constructors ?? [];
  if (found === undefined) return [];
  const most = grown.reduce((greatest, { bytes }) => Math.max(greatest, bytes), 1);
  return [
    {
      caption: `Kinds of objects that grew between two heap snapshots, process ${found.process.index}`,
      open: false,
      columns: [column('Constructor'), column('More of them', true), column('Bytes', true)],
      rows: grown
        .slice(0, mostConstructors)
        .map(({ name, count, bytes }) => [
          cell(clip(visible(name), 120)),
          cell(formatQuantity(count, 'count')),
          { text: formatQuantity(bytes, 'bytes'), bar: Math.max(0, bytes / most) },
        ]),
    },
  ];
}
