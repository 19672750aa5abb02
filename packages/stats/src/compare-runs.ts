import type { Compared, Comparison, Incomparable, ProbeId, Run } from '@perf/schema';
import { atResolution, type ResolvedValues } from './at-resolution.js';
import { benjaminiHochberg } from './benjamini-hochberg.js';
import { hodgesLehmannRatio } from './hodges-lehmann.js';
import { type MetricSeries, metricSeries } from './metric-series.js';
import { allZero, type SideLabels, whyNoMetric, whyNoProbe, whyNoRatio } from './no-ratio.js';
import { type ProbePair, probePairs } from './probe-pairs.js';
import { processesNeeded } from './processes-needed.js';
import { median } from './quantile.js';
import { requireConfidence } from './sample-rules.js';
import { severityOf } from './severity.js';
import { verdictOf } from './verdict.js';

export interface CompareOptions {
  /** Kept by the intervals and the adjusted p, in (0, 1); 0.95 unless given. */
  readonly confidence?: number;
  /** Change that still counts as equal, as a fraction >= 0, for a probe and the name of a metric. */
  readonly thresholdOf: (probe: ProbeId, metric: string) => number;
  /** What readers know the runs as. */
  readonly labels: SideLabels;
}

/** A comparison before the others of its family are known. */
type Estimated = Omit<Compared, 'pAdjusted' | 'verdict' | 'severity' | 'needed'>;

/**
 * Judges run b against run a: every metric that both mark as judged, for every probe that both measured.
 *
 * Each process that succeeded gives one value; those that failed are left out, and the counts in `processes` say so.
 * What has no ratio is listed under `incomparable` with the reason.
 *
 * Where both sides of a metric carry a `resolution`, values below it count as this much in ratio, p and interval, so
 * that 0 bytes against a million are a regression and 0 against 0 a ratio of 1. `values` and `center` stay as they
 * were measured. Without a resolution 0 against anything else is incomparable.
 *
 * Names the environment of each side and does not judge them: whether the figures of two machines may be compared
 * is for the caller to say.
 *
 * @param a - The baseline; read only.
 * @param b - What is judged; its order of probes and metrics is the order of the document.
 * @throws {SampleError} `stats/out-of-range` for a confidence or a threshold that cannot be; `stats/not-finite` for
 *   values that no document can hold.
 *
 * Cost: per probe and metric that of `hodgesLehmannRatio`.
 */
export function compareRuns(a: Run, b: Run, options: CompareOptions): Comparison {
  const confidence = options.confidence ?? 0.95;
  requireConfidence(confidence);
  const incomparable: Incomparable[] = [];
  const estimated: Estimated[] = [];
  for (const pair of probePairs(a.measurements, b.measurements)) {
    const reason = whyNoProbe(pair, options.labels);
    if (reason !== undefined) {
      incomparable.push({ probe: ownProbe(pair.probe), reason });
      continue;
    }
    for (const one of comparePair(pair, confidence, options)) {
      if ('reason' in one) incomparable.push(one);
      else estimated.push(one);
    }
  }
  return {
    schema: 'perf/comparison@1',
    variants: {
      a: { label: options.labels.a, run: a.id, environment: a.environment.key },
      b: { label: options.labels.b, run: b.id, environment: b.environment.key },
    },
    confidence,
    comparisons: judge(estimated, confidence),
    incomparable,
  };
}

/** The metrics of one probe in the order of b, then those that only a has. */
function comparePair(
  pair: ProbePair,
  confidence: number,
  { thresholdOf, labels }: CompareOptions,
): (Estimated | Incomparable)[] {
  const before = metricSeries(pair.a);
  const after = metricSeries(pair.b);
  const names = new Set([...after, ...before].map(({ metric }) => metric));
  return [...names].flatMap((metric): (Estimated | Incomparable)[] => {
    const a = before.filter((series) => series.metric === metric);
    const b = after.filter((series) => series.metric === metric);
    if ([...a, ...b].some(({ judged }) => !judged)) return [];
    const probe = ownProbe(pair.probe);
    const reason = whyNoMetric(a, b, labels);
    const [seriesA, seriesB] = [a[0], b[0]];
    if (reason !== undefined || seriesA === undefined || seriesB === undefined) {
      return [{ probe, metric, reason: reason ?? 'It was not measured.' }];
    }
    const resolved = atResolution(seriesA, seriesB);
    const noRatio = whyNoRatio(resolved.a, resolved.b, seriesB.unit, labels);
    if (noRatio !== undefined) return [{ probe, metric, reason: noRatio }];
    const threshold = thresholdOf(probe, metric);
    return [{ probe, ...estimate(seriesA, seriesB, resolved, confidence), threshold }];
  });
}

function estimate(
  a: MetricSeries,
  b: MetricSeries,
  resolved: ResolvedValues,
  confidence: number,
): Omit<Estimated, 'probe' | 'threshold'> {
  // Nothing against nothing is no change. Any constant stands for it, and ratio, p and attained confidence follow.
  const nothing = allZero(resolved.a) && allZero(resolved.b);
  const stand = (values: readonly number[]) => (nothing ? values.map(() => 1) : values);
  return {
    metric: b.metric,
    unit: b.unit,
    better: b.better,
    ...hodgesLehmannRatio(stand(resolved.a), stand(resolved.b), confidence),
    processes: { a: a.values.length, b: b.values.length },
    center: { a: median(a.values), b: median(b.values) },
    values: { a: [...a.values], b: [...b.values] },
    ...(resolved.resolution !== undefined && { resolution: resolved.resolution }),
  };
}

/**
 * Adjusts p within each family and gives the verdicts.
 *
 * A family is one metric over all probes. Whether anything became slower and whether anything needs more memory are
 * two questions, each with an answer that should be wrong at most as often as asked; pooled, a hundred quiet heaps
 * would hide one slow probe.
 */
function judge(estimated: readonly Estimated[], asked: number): Compared[] {
  const families = new Map<string, Estimated[]>();
  for (const one of estimated) families.set(one.metric, [...(families.get(one.metric) ?? []), one]);
  const adjusted = new Map<Estimated, number>();
  for (const family of families.values()) {
    const ps = benjaminiHochberg(family.map(({ p }) => p));
    for (const [index, one] of family.entries()) adjusted.set(one, ps[index] as number);
  }
  return estimated.map((one) => {
    const pAdjusted = adjusted.get(one) as number;
    const verdict = verdictOf({ ...one, pAdjusted, asked });
    const judged = { ...one, pAdjusted, verdict };
    if (verdict === 'regressed') return { ...judged, severity: severityOf(one.ratio, one.better) };
    if (verdict !== 'undecided') return judged;
    const family = families.get(one.metric)?.length ?? 1;
    const needed = processesNeeded({ ...one, asked, family });
    return needed === undefined ? judged : { ...judged, needed };
  });
}

/** A copy, so that the document shares nothing with the runs. */
function ownProbe({ suite, name, kind, params }: ProbeId): Compared['probe'] {
  return { suite, name, kind, params: { ...params } };
}
