import type { Summary } from '@perf/schema';
import { type FailureGroup, failureGroups } from '../failure-groups.js';
import type { ProbeReport } from '../probe-report.js';
import { visible } from '../visible.js';
import { type WarningGroup, warningGroups } from '../warning-groups.js';
import { type Asked, formatConfidence } from '../words/confidence.js';
import { metricName, perWhat } from '../words/metric-phrase.js';
import { metricUnit } from '../words/metric-unit.js';
import { formatInterval } from '../words/quantity.js';
import { hasInterval, incomparableSentence } from '../words/sentence.js';
import { type Badge, badgeOf } from './badge.js';
import { type MetricView, metricViews, type SampleFigures } from './metric-view.js';
import { type ResourceRow, resourceRows } from './resource-rows.js';

/** A metric that is shown, but not judged. */
export interface ContextRow {
  readonly name: string;
  readonly figure: string;
  readonly confidence: string;
  readonly processes: number;
}

/** One probe's section. */
export interface ProbeView {
  readonly id: string;
  /** Name and parameters, without the suite. */
  readonly name: string;
  readonly kind: string;
  readonly badge: Badge;
  /** Whether its figures are shown only when asked for. */
  readonly folded: boolean;
  readonly failures: readonly FailureGroup[];
  readonly incomparable: readonly string[];
  readonly metrics: readonly MetricView[];
  readonly context: readonly ContextRow[];
  readonly resources: readonly ResourceRow[];
  readonly notes: readonly WarningGroup[];
}

/** A suite with its probes, in the order given. */
export interface SuiteView {
  /** For links. */
  readonly id: string;
  readonly name: string;
  readonly probes: readonly ProbeView[];
}

/** Among more probes than this, those about which there is no news are folded. */
const MOST_UNFOLDED = 6;

/** Probes gathered by suite; a suite stands where its first probe does. */
export function suiteViews(
  probes: readonly { readonly id: string; readonly report: ProbeReport }[],
  asked: Asked,
  samples: SampleFigures | undefined,
): SuiteView[] {
  const suites = new Map<string, ProbeView[]>();
  for (const { id, report } of probes) {
    const views = suites.get(report.probe.suite) ?? [];
    suites.set(report.probe.suite, views);
    views.push(probeView(id, report, asked, samples, probes.length > MOST_UNFOLDED));
  }
  return [...suites].map(([name, views], index) => ({
    id: `suite-${index + 1}`,
    name: visible(name),
    probes: views,
  }));
}

function probeView(
  id: string,
  report: ProbeReport,
  asked: Asked,
  samples: SampleFigures | undefined,
  many: boolean,
): ProbeView {
  const { probe, measurements, summaries } = report;
  const point = Object.entries(probe.params).map(([key, value]) => `${key}=${value}`);
  return {
    id,
    name: visible(`${probe.name}${point.length === 0 ? '' : ` (${point.join(', ')})`}`),
    kind: visible(probe.kind),
    badge: badgeOf(report.standing),
    folded: many && (report.standing === 'measured' || report.standing === 'equivalent'),
    failures: failureGroups(report.failures, measurements.length),
    incomparable: report.incomparable.map(incomparableSentence),
    metrics: metricViews(report, asked, samples),
    context: summaries.filter(({ judged }) => !judged).map(contextRow),
    resources: resourceRows(measurements),
    notes: warningGroups(measurements),
  };
}

function contextRow(summary: Summary): ContextRow {
  const { probe, metric, unit, confidence, processes } = summary;
  const { estimate, bounds } = formatInterval(summary, metricUnit(metric, unit));
  const known = hasInterval(summary);
  return {
    name: `${metricName(metric)}${perWhat({ probe, metric })}`,
    figure: known ? `${estimate} (${bounds})` : 'no interval from one process',
    confidence: known ? formatConfidence(confidence) : '',
    processes,
  };
}
