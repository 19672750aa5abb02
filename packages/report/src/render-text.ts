import type { Compared, Comparison, Run, Verdict } from '@perf/schema';
import { leadingSummary, type ProbeReport, probeReports } from './probe-report.js';
import { environmentLine, scopeLine, sourceLine, variantsLine } from './provenance.js';
import { comparisonOf, type ReportInput } from './report-input.js';
import { worstFirst } from './standing.js';
import { type Colours, coloursOf } from './terminal/colours.js';
import {
  adviceLines,
  gateLines,
  instructionLines,
  leakLines,
  loadLines,
  overheadLines,
  trendLines,
  warmUpLines,
} from './terminal/finding-lines.js';
import { changeTable, contextTable, failureLines, measuredTable } from './terminal/sections.js';
import { visible } from './visible.js';
import { warningGroups } from './warning-groups.js';
import { askedOf } from './words/confidence.js';
import { emptyCostNote } from './words/empty-costs.js';
import { environmentWarning } from './words/environments.js';
import { certainty, headline } from './words/headline.js';
import { expectedFailureSentences, skippedSentences } from './words/marks.js';
import { comparedSentence, incomparableSentence, measuredSentence } from './words/sentence.js';

/** How a report for the terminal is drawn. */
export interface TextOptions {
  /** Whether ANSI colours may be used. Default false: the caller knows the terminal, NO_COLOR and CI. */
  readonly colour?: boolean | undefined;
  /** Columns that tables fit into [columns], default 100. Sentences stay on one line each, so that they can be searched. */
  readonly width?: number | undefined;
}

const defaultWidth = 100;

/**
 * A report for the terminal: header, warning, headline, failures, gates, leaks, one sentence per probe or compared
 * metric (regressions first), load, trends, advice, tables, what the measuring costs, notes.
 *
 * Every number comes with its interval and number of processes. Without `colour` the result holds no control character
 * but the newline, whatever the documents hold. Does not print.
 *
 * @returns Lines, with a newline at the end.
 * @throws {ReportError} `report/empty` if the input holds neither a run, a comparison nor a trend.
 *
 * Cost: O(size of the documents).
 */
export function renderText(input: ReportInput, options: TextOptions = {}): string {
  const comparison = comparisonOf(input);
  const colours = coloursOf(options.colour ?? false);
  const width = options.width ?? defaultWidth;
  const probes = probeReports(input.run, comparison);
  const asked = askedOf(input.run, comparison).figures;
  const sections = [
    header(input, comparison, colours),
    warning(comparison, colours),
    [colours.strong(headline(input.run, comparison, probes, input.trend)), certainty(input.run, comparison)],
    failureLines(probes, colours, width),
    titled(colours.strong('Failed as expected'), expectedFailureSentences(probes)),
    titled(colours.strong('Not measured'), skippedSentences(input.run)),
    gateLines(input.run, colours),
    leakLines(input.run, colours),
    ...(comparison === undefined ? [] : comparisonSections(comparison, colours)),
    instructionLines(input.run, comparison, colours),
    loadLines(input.run, colours),
    measuredSection(probes, comparison, asked, colours),
    trendLines(input.trend, colours),
    adviceLines(input.advice, colours),
    comparison === undefined ? [] : changeTable(comparison, width, colours),
    comparison === undefined ? [] : contextTable(comparison, width, colours),
    measuredTable(probes, asked, width, colours),
    warmUpLines(input.run, colours),
    overheadLines(input.run, colours),
    notes(input.run, colours),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function header({ run, title }: ReportInput, comparison: Comparison | undefined, colours: Colours): string[] {
  const lines: string[] = [];
  if (title !== undefined) lines.push(colours.strong(visible(title)));
  if (run !== undefined) {
    const source = sourceLine(run);
    lines.push(
      `Measured   ${scopeLine(run)} (${visible(`${run.tool.name} ${run.tool.version}`)}, seed ${run.seed})`,
    );
    lines.push(`Machine    ${environmentLine(run)}`);
    if (source !== '') lines.push(`Source     ${source}`);
  }
  if (comparison !== undefined) lines.push(`Compared   ${variantsLine(comparison)}`);
  return lines;
}

/** On a line of its own, before anything that could be taken for the code's doing. */
function warning(comparison: Comparison | undefined, colours: Colours): string[] {
  const text = comparison && environmentWarning(comparison);
  return text === undefined ? [] : [colours.bad(`Warning: ${text}`)];
}

function comparisonSections(comparison: Comparison, colours: Colours): string[][] {
  const ordered = worstFirst(comparison.comparisons);
  const section = (title: string, verdict: Verdict): string[] =>
    titled(
      colours.verdict(verdict, title),
      ordered
        .filter((compared) => compared.verdict === verdict)
        .map((compared) => sentenceOf(compared, comparison)),
    );
  return [
    section('Regressed', 'regressed'),
    section('Undecided', 'undecided'),
    section('Improved', 'improved'),
    section('Equivalent', 'equivalent'),
    titled(colours.strong('Not compared'), comparison.incomparable.map(incomparableSentence)),
  ];
}

/** Of more probes than this the table alone says what they take. */
const MOST_SENTENCES = 10;

/** The probes that no comparison speaks of, by what they take; nothing where there are so many that the table reads better. */
function measuredSection(
  probes: readonly ProbeReport[],
  comparison: Comparison | undefined,
  asked: number,
  colours: Colours,
): string[] {
  const silent = probes.filter(({ compared }) => compared.length === 0);
  if (silent.length > MOST_SENTENCES) return [];
  const sentences = silent.flatMap((probe) => {
    const summary = leadingSummary(probe);
    return summary === undefined
      ? []
      : [`${measuredSentence(summary, asked)}${emptyCostNote(probe.summaries)}`];
  });
  const title = comparison === undefined ? 'Measured' : 'Measured, without a baseline';
  return titled(colours.strong(title), sentences);
}

function notes(run: Run | undefined, colours: Colours): string[] {
  const groups = warningGroups(run?.measurements ?? []);
  return titled(
    colours.strong('Notes'),
    groups.map(({ code, message, concerns }) => `${message} ${colours.dim(`(${code}, ${concerns})`)}`),
  );
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function sentenceOf(compared: Compared, { confidence }: Comparison): string {
  return comparedSentence(compared, confidence);
}
