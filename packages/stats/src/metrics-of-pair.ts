import type { Incomparable, ProbeId } from '@perf/schema';
import { atResolution, type ResolvedValues } from './at-resolution.js';
import { type MetricSeries, metricSeries } from './metric-series.js';
import { type SideLabels, whyNoMetric, whyNoRatio } from './no-ratio.js';
import type { ProbePair } from './probe-pairs.js';

/** One metric that both sides of a probe have, and can be set against each other. */
export interface MetricOfBoth {
  readonly a: MetricSeries;
  readonly b: MetricSeries;
  readonly resolved: ResolvedValues;
}

/**
 * The judged metrics of one probe, or those that are not, in the order of b, then those that only a has; or why one has
 * no ratio.
 */
export function metricsOfPair(
  pair: ProbePair,
  labels: SideLabels,
  which: 'judged' | 'context' = 'judged',
): (MetricOfBoth | Incomparable)[] {
  const before = metricSeries(pair.a);
  const after = metricSeries(pair.b);
  const names = new Set([...after, ...before].map(({ metric }) => metric));
  return [...names].flatMap((metric): (MetricOfBoth | Incomparable)[] => {
    const a = before.filter((series) => series.metric === metric);
    const b = after.filter((series) => series.metric === metric);
    if ([...a, ...b].every(({ judged }) => judged) !== (which === 'judged')) return [];
    const reason = whyNoMetric(a, b, labels);
    const [seriesA, seriesB] = [a[0], b[0]];
    if (reason !== undefined || seriesA === undefined || seriesB === undefined) {
      return [{ probe: ownProbe(pair.probe), metric, reason: reason ?? 'It was not measured.' }];
    }
    const resolved = atResolution(seriesA, seriesB);
    const noRatio = whyNoRatio(resolved.a, resolved.b, seriesB.unit, labels);
    if (noRatio !== undefined) return [{ probe: ownProbe(pair.probe), metric, reason: noRatio }];
    return [{ a: seriesA, b: seriesB, resolved }];
  });
}

/** A copy, so that a document shares nothing with the runs. */
export function ownProbe({ suite, name, kind, params }: ProbeId): Incomparable['probe'] {
  return { suite, name, kind, params: { ...params } };
}
