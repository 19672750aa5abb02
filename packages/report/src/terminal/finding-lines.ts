import type { Advice, Comparison, Run, Trend } from '@perf/schema';
import { holdersOf } from '../section/by-probe.js';
import { visible } from '../visible.js';
import { adviceSentence, findingsWorstFirst } from '../words/advice.js';
import { gateSentence, gatesWorstFirst } from '../words/gate.js';
import { instructionSentences, instructionsLead } from '../words/instructions.js';
import { leakSentences, leaksWorstFirst } from '../words/leak.js';
import { loadSentence } from '../words/load.js';
import { overheadSentences } from '../words/overhead.js';
import { scalabilitySentence } from '../words/scalability.js';
import { alertsOpenFirst, alertWord, changePointText, seriesName } from '../words/trend.js';
import { warmUpSentences } from '../words/warm-up.js';
import type { Colours } from './colours.js';

/** What is left out of a terminal stands in the page. */
const mostAdvice = 10;
const mostChanges = 20;
const mostWarmUps = 10;

/** The gates that are not passed, and how many are. */
export function gateLines(run: Run | undefined, colours: Colours): string[] {
  const gates = gatesWorstFirst(run?.gates ?? []);
  if (gates.length === 0) return [];
  const open = gates.filter(({ state }) => state !== 'passed');
  const failed = open.some(({ state }) => state === 'failed');
  return [
    failed ? colours.bad('Gates') : colours.strong('Gates'),
    ...open.map((gate) => `  ${gateSentence(gate)}`),
    `  ${gates.length - open.length} of ${gates.length} passed.`,
  ];
}

/** Every leak hunt, what leaks first. */
export function leakLines(run: Run | undefined, colours: Colours): string[] {
  const leaks = leaksWorstFirst(run?.leaks ?? []);
  const leaking = leaks[0]?.verdict === 'leaking';
  return titled(leaking ? colours.bad('Leaks') : colours.strong('Leaks'), leakSentences(leaks));
}

/** What loads and their scaling came to. */
export function loadLines(run: Run | undefined, colours: Colours): string[] {
  if (run === undefined) return [];
  const loads = holdersOf(run, ({ artifacts }) => artifacts.load !== undefined).map(({ measurements }) =>
    loadSentence(measurements),
  );
  return titled(colours.strong('Load'), [
    ...loads.filter((line) => line !== undefined),
    ...(run.scalability ?? []).map(scalabilitySentence),
  ]);
}

/** Alerts, and the series that changed. */
export function trendLines(trend: Trend | undefined, colours: Colours): string[] {
  if (trend === undefined) return [];
  const changes = trend.series.flatMap((series) =>
    series.changePoints.map((change) => `${seriesName(series)} is ${changePointText(series, change)}.`),
  );
  const byKey = new Map(trend.series.map((series) => [series.key, seriesName(series)]));
  return titled(colours.strong('Trends'), [
    ...alertsOpenFirst(trend.alerts).map(
      (alert) =>
        `${alertWord(alert)}: ${alert.series.map((key) => byKey.get(key) ?? visible(key)).join('; ')}: ${visible(alert.reason)}`,
    ),
    ...limited(changes, mostChanges),
  ]);
}

/** The worst findings of the advice, a line each, with the way to verify them. */
export function adviceLines(advice: Advice | undefined, colours: Colours): string[] {
  const findings = findingsWorstFirst(advice);
  return titled(
    colours.strong('Advice'),
    limited(
      findings.map(
        ({ finding }) => `${adviceSentence(finding)} ${colours.dim(`(verify: ${visible(finding.verify)})`)}`,
      ),
      mostAdvice,
    ),
  );
}

/** What the measuring costs. */
export function overheadLines(run: Run | undefined, colours: Colours): string[] {
  return titled(colours.strong('Overhead'), overheadSentences(run?.overhead));
}

/** How many instructions the benchmarks execute, and what that says. */
export function instructionLines(
  run: Run | undefined,
  comparison: Comparison | undefined,
  colours: Colours,
): string[] {
  const lines = titled(colours.strong('Instructions'), instructionSentences(run, comparison));
  return lines.length === 0 ? [] : [...lines, `  ${colours.dim(instructionsLead)}`];
}

/** The benchmarks whose processes did not all warm up in the same way. */
export function warmUpLines(run: Run | undefined, colours: Colours): string[] {
  return titled(colours.strong('Warm-up'), limited(warmUpSentences(run), mostWarmUps));
}

function limited(lines: readonly string[], most: number): string[] {
  return lines.length <= most
    ? [...lines]
    : [...lines.slice(0, most), `${lines.length - most} more are in the page.`];
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
