import type { Compared, Comparison, Summary } from '@perf/schema';
import { probeTitle } from '@perf/schema';
import { failureGroups } from '../failure-groups.js';
import { leadingSummary, type ProbeReport } from '../probe-report.js';
import { worstFirst } from '../standing.js';
import { visible } from '../visible.js';
import { formatChange, formatChangeRange } from '../words/change.js';
import { formatConfidence, isTooFew } from '../words/confidence.js';
import { contextColumns, contextRows } from '../words/context-row.js';
import { metricName } from '../words/metric-phrase.js';
import { metricUnit } from '../words/metric-unit.js';
import { formatInterval } from '../words/quantity.js';
import { basisCell, hasInterval } from '../words/sentence.js';
import type { Colours } from './colours.js';
import { clip } from './display-width.js';
import { type Column, textTable } from './text-table.js';

/** Longest reason [columns]; what goes is its middle, since its end holds the remedy. */
const longestReason = 600;
const longestTitle = 120;
const outputLines = 5;

/** The failed probes, each with status, reason and the last of its output. */
export function failureLines(probes: readonly ProbeReport[], colours: Colours, width: number): string[] {
  const lines = probes.flatMap(({ title, failures, measurements }) =>
    failureGroups(failures, measurements.length).flatMap(({ what, reason, facts, output }) => [
      `  ${clip(title, longestTitle)} ${what}: ${clip(reason, longestReason)}${facts === '' ? '' : ` (${clip(facts, longestTitle)})`}`,
      ...output
        .slice(-outputLines)
        .map((line) => colours.dim(`    | ${clip(line, Math.max(20, width - 6))}`)),
    ]),
  );
  return lines.length === 0 ? [] : [colours.bad('Failed'), ...lines];
}

/** Every compared metric on one line, worst first. */
export function changeTable(comparison: Comparison, width: number, colours: Colours): string[] {
  const rows = worstFirst(comparison.comparisons);
  if (rows.length === 0) return [];
  const cells = (cell: (row: Compared) => string): string[] => rows.map(cell);
  const [head, ...body] = textTable(
    { header: 'probe', align: 'left', cells: cells(({ probe }) => visible(probeTitle(probe))) },
    [
      { header: 'metric', align: 'left', cells: cells(({ metric }) => clip(metricName(metric), 24)) },
      {
        header: 'change',
        align: 'right',
        cells: cells((row) =>
          row.confidence > 0 ? formatChange(row.ratio, row.better, row.unit) : 'unknown',
        ),
      },
      {
        header: 'interval',
        align: 'right',
        cells: cells((row) =>
          row.confidence > 0
            ? `${formatChangeRange(row.ratio, row.low, row.high)}${shortfall(row.confidence, comparison.confidence)}`
            : 'none',
        ),
      },
      {
        header: 'processes',
        align: 'right',
        cells: cells(basisCell),
      },
      {
        header: 'verdict',
        align: 'left',
        cells: cells(({ verdict }) => verdict),
      },
      { header: 'severity', align: 'left', cells: cells(({ severity }) => severity ?? ''), spare: 1 },
    ],
    width,
  ) as [string, ...string[]];
  return [colours.dim(head), ...body];
}

/** What is not judged, side by side: it explains, and fails nothing. */
export function contextTable(comparison: Comparison, width: number, colours: Colours): string[] {
  const rows = contextRows(comparison);
  if (rows.length === 0) return [];
  const [title, ...columns] = contextColumns.map(({ title: header, number }, index) => ({
    header,
    align: number ? ('right' as const) : ('left' as const),
    cells: rows.map((cells) => cells[index] as string),
  }));
  const [head, ...body] = textTable(title as Column, columns, width) as [string, ...string[]];
  return [colours.dim(head), ...body];
}

/**
 * What every probe takes: the leading metric, its interval, heap, processes.
 *
 * @param asked - Confidence that the run asked for, in (0, 1).
 */
export function measuredTable(
  probes: readonly ProbeReport[],
  asked: number,
  width: number,
  colours: Colours,
): string[] {
  const rows = probes.flatMap((probe) => {
    const summary = leadingSummary(probe);
    return summary === undefined ? [] : [{ probe, summary }];
  });
  if (rows.length === 0) return [];
  const others = rows.some(({ summary }) => summary.metric !== 'time');
  const formatted = rows.map(({ summary }) =>
    formatInterval(summary, metricUnit(summary.metric, summary.unit)),
  );
  const known = rows.map(({ summary }) => hasInterval(summary));
  const figure = (cell: (row: number) => string): string[] =>
    rows.map((_, row) => (known[row] ? cell(row) : 'none'));
  const summaryOf = (row: number): Summary => (rows[row] as (typeof rows)[number]).summary;
  const [head, ...body] = textTable(
    { header: 'probe', align: 'left', cells: rows.map(({ probe }) => probe.title) },
    [
      {
        header: 'metric',
        align: 'left',
        cells: rows.map(({ summary }) => (others ? clip(metricName(summary.metric), 24) : '')),
      },
      {
        header: others ? 'value' : 'time',
        align: 'right',
        cells: figure((row) => formatted[row]?.estimate ?? ''),
      },
      {
        header: 'interval',
        align: 'right',
        cells: figure((row) => `${formatted[row]?.range}${shortfall(summaryOf(row).confidence, asked)}`),
      },
      { header: '±', align: 'right', cells: figure((row) => halfWidth(summaryOf(row))), spare: 1 },
      {
        header: 'heap per op',
        align: 'right',
        cells: rows.map(({ probe }) => heapOf(probe, asked)),
        spare: 2,
      },
      { header: 'processes', align: 'right', cells: rows.map(({ summary }) => String(summary.processes)) },
    ],
    width,
  ) as [string, ...string[]];
  return [colours.dim(head), ...body];
}

/** The interval's half width beside its estimate, as a percentage: how precise the figure is. */
function halfWidth({ estimate, low, high }: Summary): string {
  const percent = ((high - low) / 2 / Math.abs(estimate)) * 100;
  return Number.isFinite(percent) ? `${percent.toFixed(percent < 9.95 ? 1 : 0)} %` : '';
}

function heapOf({ summaries }: ProbeReport, asked: number): string {
  const heap = summaries.find(({ metric }) => metric === 'heap');
  if (heap === undefined || !hasInterval(heap)) return '';
  const { estimate, bounds } = formatInterval(heap, heap.unit);
  return `${estimate} (${bounds})${shortfall(heap.confidence, asked)}`;
}

/** What an interval attains, where that is less than was asked for. */
function shortfall(attained: number, asked: number): string {
  return isTooFew(attained, asked) ? ` (${formatConfidence(attained)})` : '';
}
