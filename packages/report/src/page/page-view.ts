import type { Comparison, Run } from '@perf/schema';
import { chartWidth, margin } from '../chart/axis.js';
import { heatChart } from '../chart/heat-chart.js';
import type { Figures } from '../interactive/figure.js';
import { type ProbeReport, probeReports } from '../probe-report.js';
import { environmentLine, scopeLine, sourceLine, variantsLine } from '../provenance.js';
import { comparisonOf, type ReportInput } from '../report-input.js';
import { probesWorstFirst } from '../standing.js';
import { visible } from '../visible.js';
import { type WarningGroup, warningGroups } from '../warning-groups.js';
import { askedOf, formatConfidence } from '../words/confidence.js';
import { environmentWarning } from '../words/environments.js';
import { certainty, headline } from '../words/headline.js';
import { overheadSentences } from '../words/overhead.js';
import { type AdviceView, adviceView } from './advice-view.js';
import { type Card, cardsOf } from './cards.js';
import { machineFacts, momentFacts, originFacts } from './facts.js';
import { type HeatView, heatView } from './heat-view.js';
import type { Fact, SampleFigures } from './metric-view.js';
import { type OverviewRow, overviewRow } from './overview-row.js';
import { gatesView, type PageSections, pageSections } from './page-sections.js';
import type { SectionView } from './section-view.js';
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
  readonly gates: SectionView | undefined;
  readonly advice: AdviceView | undefined;
  readonly sections: PageSections;
  readonly heat: HeatView | undefined;
  /** What the measuring itself costs, a sentence each. */
  readonly overhead: readonly string[];
  /** Links to the sections there are. */
  readonly contents: readonly { readonly id: string; readonly title: string }[];
  readonly suites: readonly SuiteView[];
  readonly notes: readonly WarningGroup[];
  readonly machine: readonly Fact[];
  readonly moment: readonly Fact[];
  readonly origin: readonly Fact[];
  readonly chart: { readonly width: number; readonly left: number; readonly right: number };
}

/** Samples that all interactive distributions of a page may have together: about a megabyte. */
const samplesOfPage = 150_000;
const samplesOfProcess = { least: 20, most: 250 };

/**
 * The page of a report, suites and probes worst first. Cost: O(size of the documents).
 *
 * @param figures - Where interactive figures go; none for a static page.
 */
export function pageView(input: ReportInput, figures: Figures | undefined): PageView {
  const { run } = input;
  const comparison = comparisonOf(input);
  const inOrder = probeReports(run, comparison);
  const probes = probesWorstFirst(inOrder).map((report, index) => ({ id: `probe-${index + 1}`, report }));
  const asked = askedOf(run, comparison);
  const gates = gatesView(input);
  const advice = adviceView(input.advice);
  const suites = suiteViews(probes, asked, figures && sampleFigures(figures, inOrder));
  const heat = heatView(
    heatChart(
      run,
      probes.map(({ report }) => report),
    ),
    figures,
  );
  const sections = pageSections(input, figures);
  return {
    title: visible(input.title ?? titleOf(run, comparison)),
    subtitle: subtitleOf(run, comparison),
    warning: comparison && environmentWarning(comparison),
    headline: headline(run, comparison, inOrder, input.trend),
    certainty: certainty(run, comparison),
    cards: cardsOf(run, comparison, inOrder),
    compared: comparison !== undefined,
    figures: (run?.summaries ?? []).length > 0,
    asked: formatConfidence(asked.changes),
    overview: probes.map(({ id, report }) => overviewRow(id, report, asked)),
    gates,
    advice,
    sections,
    heat,
    overhead: overheadSentences(run?.overhead),
    contents: contentsOf({ gates, advice, sections, suites, heat, overview: probes.length > 0 }),
    suites,
    notes: warningGroups(run?.measurements ?? []),
    machine: run === undefined ? [] : machineFacts(run),
    moment: run === undefined ? [] : momentFacts(run),
    origin: originFacts(run, comparison),
    chart: { width: chartWidth, left: margin.left, right: chartWidth - margin.right },
  };
}

function titleOf(run: Run | undefined, comparison: Comparison | undefined): string {
  if (run !== undefined) return 'Performance report';
  return comparison === undefined ? 'Performance trends' : 'Performance comparison';
}

/** Fewer samples of each process where there are many processes. */
function sampleFigures(figures: Figures, reports: readonly ProbeReport[]): SampleFigures {
  const processes = reports.reduce((sum, { measurements }) => sum + measurements.length, 0);
  const share = Math.floor(samplesOfPage / Math.max(1, processes));
  return { figures, most: Math.min(samplesOfProcess.most, Math.max(samplesOfProcess.least, share)) };
}

function contentsOf({
  gates,
  advice,
  sections,
  suites,
  heat,
  overview,
}: Pick<PageView, 'gates' | 'advice' | 'sections' | 'suites' | 'heat'> & {
  overview: boolean;
}): PageView['contents'] {
  const link = ({ id, title }: { id: string; title: string }): PageView['contents'][number] => ({
    id,
    title,
  });
  return [
    ...(overview ? [{ id: 'overview', title: 'Overview' }] : []),
    ...(gates ? [link(gates)] : []),
    ...(advice ? [{ id: 'advice', title: 'Advice' }] : []),
    ...sections.findings.map(link),
    ...suites.map(({ id, name }) => ({ id, title: name })),
    ...(heat ? [{ id: 'heat', title: 'Process by process' }] : []),
    ...sections.background.map(link),
    { id: 'origin', title: 'Where the figures come from' },
    { id: 'how', title: 'How to read this page' },
  ];
}

function subtitleOf(run: Run | undefined, comparison: Comparison | undefined): string[] {
  return [
    run && scopeLine(run),
    run && environmentLine(run),
    run && sourceLine(run),
    comparison && variantsLine(comparison),
  ].filter((line) => line !== undefined && line !== '') as string[];
}
