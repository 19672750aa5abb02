import { leadingSummary, type ProbeReport } from '../probe-report.js';
import { worstFirst } from '../standing.js';
import { formatChange, formatChangeRange } from '../words/change.js';
import { type Asked, formatConfidence, isTooFew } from '../words/confidence.js';
import { leaksWorstFirst, resourceName, resourceUnit } from '../words/leak.js';
import { metricName } from '../words/metric-phrase.js';
import { metricUnit } from '../words/metric-unit.js';
import { formatInterval } from '../words/quantity.js';
import { hasInterval } from '../words/sentence.js';
import { type Badge, badgeOf, verdictBadge } from './badge.js';

/** A line of the table at the top of the page. */
export interface OverviewRow {
  readonly id: string;
  readonly title: string;
  readonly badge: Badge;
  /** What is true of it besides: a gate that failed, a regression of a probe that leaks. */
  readonly more: readonly Badge[];
  /** The worst change with its metric, or nothing. */
  readonly change: { readonly text: string; readonly range: string; readonly metric: string } | undefined;
  /** The leading figure with its interval, or nothing. */
  readonly figure:
    | {
        readonly estimate: string;
        readonly range: string;
        /** What it is of, unless that is time; empty where the estimate says it. */
        readonly metric: string;
      }
    | undefined;
  readonly processes: string;
}

/** A probe's line in the overview. @param asked - Confidence that the documents asked for. */
export function overviewRow(id: string, report: ProbeReport, asked: Asked): OverviewRow {
  const worst = worstFirst(report.compared)[0];
  const summary = leadingSummary(report);
  const figure =
    summary !== undefined && hasInterval(summary)
      ? formatInterval(summary, metricUnit(summary.metric, summary.unit))
      : undefined;
  return {
    id,
    title: report.title,
    badge:
      worst !== undefined && report.standing === worst.verdict
        ? verdictBadge(worst)
        : badgeOf(report.standing),
    more: moreBadges(report),
    change:
      worst === undefined || !(worst.confidence > 0)
        ? undefined
        : {
            text: formatChange(worst.ratio, worst.better, worst.unit),
            range: `${formatChangeRange(worst.ratio, worst.low, worst.high)}${shortfall(worst.confidence, asked.changes)}`,
            metric: metricName(worst.metric),
          },
    figure:
      figure === undefined || summary === undefined
        ? leakFigure(report)
        : {
            estimate: figure.estimate,
            metric: summary.metric === 'time' ? '' : metricName(summary.metric),
            range: `${figure.range}${shortfall(summary.confidence, asked.figures)}`,
          },
    processes:
      worst === undefined
        ? String(summary?.processes ?? report.leaks[0]?.processes ?? 0)
        : `${worst.processes.b} vs ${worst.processes.a}`,
  };
}

/** A leak hunt has no metric of its own: its figure is the growth with the worst verdict. */
function leakFigure({ leaks }: ProbeReport): OverviewRow['figure'] {
  const leak = leaksWorstFirst(leaks)[0];
  if (leak === undefined) return undefined;
  const { estimate, range } = formatInterval(leak.bytesPerIteration, resourceUnit(leak.resource));
  return { estimate: `${estimate} of ${resourceName(leak.resource)} per iteration`, range, metric: '' };
}

function shortfall(attained: number, asked: number): string {
  return isTooFew(attained, asked) ? ` at ${formatConfidence(attained)}` : '';
}

function moreBadges({ standing, compared, gates }: ProbeReport): Badge[] {
  const worst = worstFirst(compared)[0];
  const regressed = standing !== 'regressed' && worst?.verdict === 'regressed';
  const accepted = compared.find(({ waiver }) => waiver?.holds === true)?.waiver;
  const broken = standing !== 'over-limit' && gates.some(({ state }) => state === 'failed');
  return [
    ...(regressed && worst !== undefined ? [verdictBadge(worst)] : []),
    ...(broken ? [badgeOf('over-limit')] : []),
    ...(accepted === undefined
      ? []
      : [{ tone: 'undecided', sign: '•', word: `accepted until ${accepted.until}` } as const]),
  ];
}
