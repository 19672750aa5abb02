// What all outcomes say together: one row per tool, the bars of our own, and whether repeats agree.
import { textTable } from '@perf/report';
import { middle } from './child-runs.mjs';

/** Lists by key, in the order in which the keys come up. */
export function grouped(values, keyOf) {
  const groups = {};
  for (const value of values) {
    const key = keyOf(value);
    groups[key] = [...(groups[key] ?? []), value];
  }
  return groups;
}

/** Seconds of a measurement and peak memory that `leak()` is held to. */
const bars = { leakyMedian: 5, leakyWorst: 20, steadyMedian: 2.5, childBytes: 250e6, parentBytes: 500e6 };

/** Outcomes of one tool: how many leaks it found and clean versions it accused, and what that took. */
export function tally(outcomes) {
  const leaky = outcomes.filter(({ leaks }) => leaks);
  const clean = outcomes.filter(({ leaks }) => !leaks);
  const seconds = outcomes.map((one) => one.seconds);
  return {
    found: leaky.filter(({ found }) => found).length,
    leaky: leaky.length,
    named: leaky.filter(({ named }) => named).length,
    alarms: clean.filter(({ found }) => found).length,
    clean: clean.length,
    failed: outcomes.filter(({ failed }) => failed !== undefined).length,
    median: middle(seconds),
    worst: Math.max(...seconds),
    peakBytes: peakOf(outcomes),
  };
}

/** @param tools - Outcomes by the name of the tool. */
export function toolTable(tools) {
  const rows = Object.entries(tools).map(([name, outcomes]) => ({ name, ...tally(outcomes) }));
  const column = (header, cell) => ({ header, align: 'right', cells: rows.map(cell) });
  return textTable(
    { header: '', align: 'left', cells: rows.map(({ name }) => name) },
    [
      column('found', ({ found, leaky }) => `${found} of ${leaky}`),
      column('culprit named', ({ named, leaky }) => `${named} of ${leaky}`),
      column('alarms', ({ alarms, clean }) => `${alarms} of ${clean}`),
      column('failed', ({ failed }) => String(failed)),
      column('median', ({ median }) => inSeconds(median)),
      column('worst', ({ worst }) => inSeconds(worst)),
      column('peak memory', ({ peakBytes }) => inMegabytes(peakBytes)),
    ],
    120,
  );
}

/** Our own outcomes beside what they are held to. @returns `lines`, and `met`: whether every bar is. */
export function heldToBars(outcomes) {
  const { found, leaky, alarms, clean, failed } = tally(outcomes);
  const ofLeaky = outcomes.filter(({ leaks }) => leaks).flatMap(({ measuring }) => measuring);
  const ofSteady = outcomes.filter(({ steady }) => steady).flatMap(({ measuring }) => measuring);
  const child = peakOf(outcomes, ['childPeakBytes']);
  const parent = peakOf(outcomes, ['parentPeakBytes']);
  const rows = [
    ['leaks found', `${found} of ${leaky}`, 'all', found === leaky],
    ['alarms on what is clean', `${alarms} of ${clean}`, '0', alarms === 0],
    ['not measured', String(failed), '0', failed === 0],
    ...timed('a measurement that leaks, median', ofLeaky, middle, bars.leakyMedian),
    ...timed('a measurement that leaks, worst', ofLeaky, (all) => Math.max(...all), bars.leakyWorst),
    ...timed('a steady one, median', ofSteady, middle, bars.steadyMedian),
    ...sized('peak memory of a process that measures', child, bars.childBytes),
    ...sized('peak memory of its parent', parent, bars.parentBytes),
  ];
  const column = (header, at) => ({ header, align: 'right', cells: rows.map((row) => row[at]) });
  const lines = textTable(
    { header: '', align: 'left', cells: rows.map(([name]) => name) },
    [
      column('', 1),
      column('bar', 2),
      { header: '', align: 'left', cells: rows.map((row) => (row[3] ? '' : 'MISSED')) },
    ],
    120,
  );
  return { lines, met: rows.every((row) => row[3]) };
}

/**
 * Whether each tool said the same of each version in all repeats.
 *
 * @returns A line, and one per version that differs: `LEAK OR NOT` where not only the kind of quiet does.
 */
export function agreement(outcomes, repeats) {
  const verdicts = Object.entries(
    grouped(outcomes, ({ tool, name, version }) => `${tool}, ${name} ${version}`),
  );
  const differing = verdicts.flatMap(([what, ones]) => {
    const said = ones.map(({ verdict, failed }) => verdict ?? `failed: ${failed}`);
    if (new Set(said).size === 1) return [];
    const note = new Set(ones.map(({ found }) => found)).size > 1 ? 'LEAK OR NOT  ' : '';
    return [`  ${note}${what}: ${said.join(' | ')}`];
  });
  return differing.length === 0
    ? [`All ${verdicts.length} verdicts were the same in ${repeats} repeats.`]
    : [
        `${differing.length} of ${verdicts.length} verdicts were not the same in ${repeats} repeats:`,
        ...differing,
      ];
}

function timed(name, seconds, of, bar) {
  if (seconds.length === 0) return [];
  const value = of(seconds);
  return [[`${name} of ${seconds.length}`, inSeconds(value), inSeconds(bar), value <= bar]];
}

function sized(name, bytes, bar) {
  return bytes === 0 ? [] : [[name, inMegabytes(bytes), inMegabytes(bar), bytes < bar]];
}

/** The most of any outcome [bytes]; 0 where none was read. */
export function peakOf(outcomes, fields = ['childPeakBytes', 'parentPeakBytes']) {
  return Math.max(0, ...outcomes.flatMap((one) => fields.map((field) => one[field] ?? 0)));
}

/** `1.2 s` */
export function inSeconds(value) {
  return `${value.toFixed(1)} s`;
}

/** `210 MB`; 0 is what could not be read. */
export function inMegabytes(bytes) {
  return bytes === 0 ? 'not read' : `${(bytes / 1e6).toFixed(0)} MB`;
}
