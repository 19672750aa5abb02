import type { Comparison, Run } from '@perf/schema';
import { chartWidth, margin } from '../chart/axis.js';
import { probeReports } from '../probe-report.js';
import { environmentLine, scopeLine, sourceLine, variantsLine } from '../provenance.js';
import { comparisonOf, type ReportInput } from '../report-input.js';
import { probesWorstFirst } from '../standing.js';
import { visible } from '../visible.js';
import { type WarningGroup, warningGroups } from '../warning-groups.js';
import { askedOf, formatConfidence } from '../words/confidence.js';
import { environmentWarning } from '../words/environments.js';
import { certainty, headline } from '../words/headline.js';
import { type Card, cardsOf } from './cards.js';
import { machineFacts, momentFacts, originFacts } from './facts.js';
import type { Fact } from './metric-view.js';
import { type OverviewRow, overviewRow } from './overview-row.js';
import { type SuiteView, suiteViews } from './suite-view.js';

/** Everything the templates need: finished text and geometry, nothing left to work out. Text is not yet HTML. */
export interface PageView {
  readonly title: string;
  readonly subtitle: readonly string[];
  /** What must be known before any figure, after the word `Warning:`. */
  readonly warning: string | undefined;
  readonly headline: string;
  readonly certainty: string;
  readonly cards: readonly Card[];
  /** Which columns the overview has. */
  readonly compared: boolean;
  readonly figures: boolean;
  readonly asked: string;
  readonly overview: readonly OverviewRow[];
  readonly suites: readonly SuiteView[];
  readonly notes: readonly WarningGroup[];
  readonly machine: readonly Fact[];
  readonly moment: readonly Fact[];
  readonly origin: readonly Fact[];
  readonly chart: { readonly width: number; readonly left: number; readonly right: number };
}

/** The page of a report, suites and probes worst first. Cost: O(size of the documents). */
export function pageView(input: ReportInput): PageView {
  const { run } = input;
  const comparison = comparisonOf(input);
  const inOrder = probeReports(run, comparison);
  const probes = probesWorstFirst(inOrder).map((report, index) => ({ id: `probe-${index + 1}`, report }));
  const asked = askedOf(run, comparison);
  return {
    title: visible(input.title ?? (run === undefined ? 'Performance comparison' : 'Performance report')),
    subtitle: subtitleOf(run, comparison),
    warning: comparison && environmentWarning(comparison),
    headline: headline(run, comparison, inOrder),
    certainty: certainty(run, comparison),
    cards: cardsOf(run, comparison, inOrder),
    compared: comparison !== undefined,
    figures: (run?.summaries ?? []).length > 0,
    asked: formatConfidence(asked.changes),
    overview: probes.map(({ id, report }) => overviewRow(id, report, asked)),
    suites: suiteViews(probes, asked),
    notes: warningGroups(run?.measurements ?? []),
    machine: run === undefined ? [] : machineFacts(run),
    moment: run === undefined ? [] : momentFacts(run),
    origin: originFacts(run, comparison),
    chart: { width: chartWidth, left: margin.left, right: chartWidth - margin.right },
  };
}

function subtitleOf(run: Run | undefined, comparison: Comparison | undefined): string[] {
  return [
    run && scopeLine(run),
    run && environmentLine(run),
    run && sourceLine(run),
    comparison && variantsLine(comparison),
  ].filter((line) => line !== undefined && line !== '') as string[];
}
