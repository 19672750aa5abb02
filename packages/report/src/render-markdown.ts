import type { Compared, Comparison, Run } from '@perf/schema';
import { failureGroups } from './failure-groups.js';
import { fitted, type MarkdownBlock } from './markdown/blocks.js';
import { changeHead, changeRow } from './markdown/change-row.js';
import { markdownText } from './markdown/escape.js';
import { figureRow } from './markdown/figure-row.js';
import { type ProbeReport, probeReports } from './probe-report.js';
import { environmentLine, scopeLine, sourceLine, variantsLine } from './provenance.js';
import { comparisonOf, type ReportInput } from './report-input.js';
import { holdersOf } from './section/by-probe.js';
import { worstFirst } from './standing.js';
import { clip } from './terminal/display-width.js';
import { visible } from './visible.js';
import { warningGroups } from './warning-groups.js';
import { adviceSentence, findingsWorstFirst } from './words/advice.js';
import { askedOf } from './words/confidence.js';
import { environmentWarning } from './words/environments.js';
import { gateSentence, gatesWorstFirst } from './words/gate.js';
import { certainty, headline } from './words/headline.js';
import { instructionSentences } from './words/instructions.js';
import { leakSentence, leakSentences, leaksWorstFirst } from './words/leak.js';
import { loadSentence } from './words/load.js';
import { expectedFailureSentences, skippedSentences } from './words/marks.js';
import { metricName } from './words/metric-phrase.js';
import { overheadSentences } from './words/overhead.js';
import { reachSentence } from './words/reach.js';
import { scalabilitySentence } from './words/scalability.js';
import { incomparableSentence, nameIn } from './words/sentence.js';
import { alertsOpenFirst, alertWord, changePointText, seriesName } from './words/trend.js';
import { waiverSentence } from './words/waiver.js';
import { warmUpSentences } from './words/warm-up.js';

/** How a report for a pull request is drawn. */
export interface MarkdownOptions {
  /** Length that it may have [UTF-16 code units], default 65,536: what GitHub takes as a comment. At least 2,000. */
  readonly maxLength?: number | undefined;
  /** A name put into an invisible comment at the top, by which the comment is found again. Letters, digits, `-`, `_`, `/`. */
  readonly marker?: string | undefined;
}

const defaultLength = 65_536;
const leastLength = 2000;
/** Longer ones, such as of combining marks, would take the room of what matters. */
const longestLabel = 300;
const longestReason = 400;

/**
 * A report as GitHub Markdown, for pull requests and step summaries: headline, what regressed and what could not be
 * told, failed gates, leaks and advice in sight; the rest collapsed; machine and source at the end.
 *
 * Rows stand worst first. Where they do not fit, the last ones go and a line says how many. Text from the documents
 * neither formats nor links, embeds or pings.
 *
 * @returns At most `maxLength` UTF-16 code units, with a newline at the end.
 * @throws {ReportError} `report/empty` if the input holds neither a run, a comparison nor a trend.
 *
 * Cost: O(size of the documents).
 */
export function renderMarkdown(
  input: ReportInput,
  { maxLength = defaultLength, marker }: MarkdownOptions = {},
): string {
  const comparison = comparisonOf(input);
  const probes = probeReports(input.run, comparison);
  const limit = Math.max(leastLength, maxLength);
  const top = topOf(input, comparison, probes, marker);
  const whole = endOf(input.run, comparison);
  const end = top.length + whole.length < limit ? whole : '';
  let text = top;
  for (const block of blocksOf(input, comparison, probes)) {
    const part = fitted(block, limit - text.length - end.length - 1);
    if (part !== '') text += `\n${part}`;
  }
  return `${text}${end}`;
}

function topOf(
  { run, title, trend }: ReportInput,
  comparison: Comparison | undefined,
  probes: readonly ProbeReport[],
  marker: string | undefined,
): string {
  const warning = comparison && environmentWarning(comparison);
  const heading = markdownText(clip(visible(title ?? ''), 120));
  return [
    marker === undefined ? '' : `<!-- ${marker.replaceAll(/[^\w/-]|--+/g, '')} -->\n`,
    `## ${heading === '' || heading.length > longestLabel ? 'Performance' : heading}\n\n`,
    `**${markdownText(headline(run, comparison, probes, trend))}**\n\n`,
    warning === undefined ? '' : `> **Warning:** ${markdownText(warning)}\n\n`,
    `${markdownText(certainty(run, comparison))}\n`,
  ].join('');
}

/** Where it comes from, on one line at the end. */
function endOf(run: Run | undefined, comparison: Comparison | undefined): string {
  const lines = [
    comparison && variantsLine(comparison),
    run && scopeLine(run),
    run && environmentLine(run),
    run && sourceLine(run),
    run && `${run.tool.name} ${run.tool.version}, seed ${run.seed}`,
  ].filter((line) => line !== undefined && line !== '') as string[];
  return lines.length === 0
    ? ''
    : `\n<sub>${lines.map((line) => markdownText(clip(line, 160))).join(' · ')}</sub>\n`;
}

/** The parts, most important first: what does not fit goes from the end. */
function blocksOf(
  input: ReportInput,
  comparison: Comparison | undefined,
  probes: readonly ProbeReport[],
): MarkdownBlock[] {
  const { run, advice, trend } = input;
  const asked = askedOf(run, comparison);
  const ordered = worstFirst(comparison?.comparisons ?? []);
  const pressing = ordered.filter(({ verdict }) => verdict === 'regressed' || verdict === 'undecided');
  const calm = ordered.filter(({ verdict }) => verdict === 'improved' || verdict === 'equivalent');
  const gates = gatesWorstFirst(run?.gates ?? []);
  const openGates = gates.filter(({ state }) => state !== 'passed');
  const leaks = leaksWorstFirst(run?.leaks ?? []);
  const findings = findingsWorstFirst(advice);
  const loads = run === undefined ? [] : holdersOf(run, ({ artifacts }) => artifacts.load !== undefined);
  const table = (title: string, collapsed: boolean, rows: typeof ordered): MarkdownBlock => ({
    title,
    collapsed,
    body: {
      kind: 'table',
      head: changeHead,
      rows: rows.map((row) => changeRow(row, asked.changes)),
      what: 'comparisons',
    },
  });
  const figures = (run?.summaries ?? []).map((summary) => figureRow(summary, asked.figures));
  return [
    list('Failed', false, probes.flatMap(failureSentences), 'failures'),
    table('', false, pressing),
    list('Accepted for a while', false, ordered.flatMap(waiverLine), 'regressions'),
    list('Reach of the diff', false, [...new Set(ordered.flatMap(reachLine))], 'probes'),
    list('Gates', false, openGates.map(gateSentence), 'gates'),
    list('Leaks', false, leaks.filter(({ verdict }) => verdict !== 'steady').map(leakSentence), 'leak hunts'),
    list('Trends', false, trendSentences(trend), 'lines'),
    list(
      'Advice',
      false,
      findings.slice(0, 3).map(({ finding }) => adviceSentence(finding)),
      'findings',
    ),
    table(`${calm.length} improved or equivalent`, true, calm),
    list(
      'Set aside by marks',
      true,
      [...expectedFailureSentences(probes), ...skippedSentences(run)],
      'probes',
    ),
    list('Not compared', true, (comparison?.incomparable ?? []).map(incomparableSentence), 'probes'),
    list('Instructions', true, instructionSentences(run, comparison), 'benchmarks'),
    list(
      'Load and scalability',
      true,
      [
        ...loads.map(({ measurements }) => loadSentence(measurements) ?? ''),
        ...(run?.scalability ?? []).map(scalabilitySentence),
      ],
      'probes',
    ),
    {
      title: 'Every figure of this run',
      collapsed: true,
      body: {
        kind: 'table',
        head: ['probe', 'metric', 'figure', 'interval', 'processes'],
        rows: figures,
        what: 'figures',
      },
    },
    list(
      'More advice',
      true,
      findings.slice(3).map(({ finding }) => adviceSentence(finding)),
      'findings',
    ),
    list(
      'Passed gates and steady probes',
      true,
      [
        ...gates.filter(({ state }) => state === 'passed').map(gateSentence),
        ...leakSentences(leaks.filter(({ verdict }) => verdict === 'steady')),
      ],
      'lines',
    ),
    list(
      'Notes on the measuring',
      true,
      [
        ...warmUpSentences(run),
        ...overheadSentences(run?.overhead),
        ...warningGroups(run?.measurements ?? []).map(
          ({ code, message, concerns }) => `${message} (${code}, ${concerns})`,
        ),
      ],
      'notes',
    ),
  ];
}

function list(title: string, collapsed: boolean, sentences: readonly string[], what: string): MarkdownBlock {
  return { title, collapsed, body: { kind: 'list', lines: sentences.map(markdownText), what } };
}

function reachLine(compared: Compared): string[] {
  const sentence = reachSentence(compared);
  return sentence === undefined ? [] : [`${nameIn(compared.probe)}: ${sentence}`];
}

function waiverLine(compared: Compared): string[] {
  const sentence = waiverSentence(compared);
  return sentence === undefined
    ? []
    : [`${nameIn(compared.probe)}, ${metricName(compared.metric)}: ${sentence}`];
}

function failureSentences({ title, failures, measurements }: ProbeReport): string[] {
  return failureGroups(failures, measurements.length).map(
    ({ what, reason, facts }) =>
      `${clip(title, 120)} ${what}: ${clip(reason, longestReason)}${facts === '' ? '' : ` (${clip(facts, 120)})`}`,
  );
}

function trendSentences(trend: ReportInput['trend']): string[] {
  if (trend === undefined) return [];
  const byKey = new Map(trend.series.map((series) => [series.key, seriesName(series)]));
  return [
    ...alertsOpenFirst(trend.alerts).map(
      (alert) =>
        `${alertWord(alert)}: ${alert.series.map((key) => byKey.get(key) ?? visible(key)).join('; ')}: ${alert.reason}`,
    ),
    ...trend.series.flatMap((series) =>
      series.changePoints.map((change) => `${seriesName(series)} is ${changePointText(series, change)}.`),
    ),
  ];
}
