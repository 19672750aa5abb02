import type { Compared, ComparedContext, Comparison, Incomparable, ProbeId, Run } from '@perf/schema';
import { benjaminiHochberg } from './benjamini-hochberg.js';
import type { Estimated } from './estimated.js';
import { hodgesLehmannRatio } from './hodges-lehmann.js';
import { type MetricOfBoth, metricsOfPair, ownProbe } from './metrics-of-pair.js';
import { allZero, type SideLabels, whyNoProbe } from './no-ratio.js';
import { type NormalisedTimes, normalisedTimes } from './normalised-times.js';
import { confirmed } from './paired/confirmation.js';
import { estimatePairs } from './paired/estimate-pairs.js';
import { plannedLooks } from './paired/looks.js';
import { measuredPairs } from './paired/paired-measurements.js';
import { pairsNeeded } from './paired/pairs-needed.js';
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
  /**
   * Whether `time` is compared in units of the reference kernel, where every process of both sides read it: for a
   * baseline that was measured at another time. Default false. Only within one environment and version of the tool.
   */
  readonly normalise?: boolean;
}

/**
 * Judges run b against run a: every metric that both mark as judged, for every probe that both measured.
 *
 * Where the two sides were measured in turns (`pairing`), each pair of processes gives one ratio, and `betweenPairs`
 * the interval; a change stands only if the fresh pairs of round 2, where there are any, say the same by themselves.
 * Otherwise each process that succeeded gives one value; those that failed are left out, and the counts in `processes` say so.
 * What has no ratio is listed under `incomparable` with the reason.
 *
 * Where both sides of a metric carry a `resolution`, values below it count as this much in ratio, p and interval, so
 * that 0 bytes against a million are a regression and 0 against 0 a ratio of 1. `values` and `center` stay as they
 * were measured. Without a resolution 0 against anything else is incomparable.
 *
 * With `normalise`, ratio, p and interval of `time` are those of `normalised` in the document, and again `values` and
 * `center` stay as they were measured.
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
  const normalise = options.normalise === true && haveOneKernel(a, b);
  const incomparable: Incomparable[] = [];
  const estimated: Estimated[] = [];
  const context: ComparedContext[] = [];
  for (const pair of probePairs(a.measurements, b.measurements)) {
    const reason = whyNoProbe(pair, options.labels);
    if (reason !== undefined) {
      incomparable.push({ probe: ownProbe(pair.probe), reason });
      continue;
    }
    for (const one of comparePair(pair, confidence, { ...options, normalise })) {
      if ('reason' in one) incomparable.push(one);
      else estimated.push(one);
    }
    context.push(...contextOf(pair, confidence, options.labels));
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
    ...(context.length > 0 && { context }),
  };
}

/** Every judged metric of one probe: by its pairs where it was measured in turns, else by its processes. */
function comparePair(
  pair: ProbePair,
  confidence: number,
  { thresholdOf, labels, normalise }: CompareOptions,
): (Estimated | Incomparable)[] {
  const probe = ownProbe(pair.probe);
  const pairs = measuredPairs(pair);
  const normalised = normalise === true ? normalisedTimes(pair) : undefined;
  return metricsOfPair(pair, labels).map((metric): Estimated | Incomparable => {
    if ('reason' in metric) return metric;
    const threshold = thresholdOf(probe, metric.b.metric);
    const estimated =
      pairs.length > 0
        ? estimatePairs(pairs, metric, confidence)
        : estimate(metric, confidence, metric.b.metric === 'time' ? normalised : undefined);
    return { probe, ...estimated, threshold };
  });
}

/** Metrics of pairs that are not judged, where both sides have a ratio: they explain a verdict. */
function contextOf(pair: ProbePair, asked: number, labels: SideLabels): ComparedContext[] {
  const pairs = measuredPairs(pair);
  if (pairs.length === 0) return [];
  return metricsOfPair(pair, labels, 'context').flatMap((both) => {
    if ('reason' in both) return [];
    const { metric, unit, better, ratio, low, high, confidence, p, processes, center } = estimatePairs(
      pairs,
      both,
      asked,
    );
    const probe = ownProbe(pair.probe);
    return [{ probe, metric, unit, better, ratio, low, high, confidence, p, processes, center }];
  });
}

/** The kernel is the same work only in one version of the tool, and compiled alike only in one environment. */
function haveOneKernel(a: Run, b: Run): boolean {
  return a.environment.key === b.environment.key && a.tool.version === b.tool.version;
}

function estimate(
  { a, b, resolved }: MetricOfBoth,
  confidence: number,
  normalised?: NormalisedTimes,
): Omit<Estimated, 'probe' | 'threshold'> {
  // Nothing against nothing is no change. Any constant stands for it, and ratio, p and attained confidence follow.
  const nothing = allZero(resolved.a) && allZero(resolved.b);
  const stand = (values: readonly number[]) => (nothing ? values.map(() => 1) : values);
  return {
    metric: b.metric,
    unit: b.unit,
    better: b.better,
    ...hodgesLehmannRatio(stand(normalised?.a ?? resolved.a), stand(normalised?.b ?? resolved.b), confidence),
    processes: { a: a.values.length, b: b.values.length },
    center: { a: median(a.values), b: median(b.values) },
    values: { a: [...a.values], b: [...b.values] },
    ...(normalised !== undefined && { normalised }),
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
    const pooled = verdictOf({ ...one, pAdjusted, asked });
    const fresh =
      one.pairs === undefined || pooled === 'equivalent' || pooled === 'undecided'
        ? undefined
        : confirmed(one.pairs, pooled, { ...one, asked });
    const verdict = fresh === false ? 'undecided' : pooled;
    const judged = { ...one, pAdjusted, verdict, ...(fresh !== undefined && { confirmed: fresh }) };
    if (verdict === 'regressed') return { ...judged, severity: severityOf(one.ratio, one.better) };
    if (verdict !== 'undecided') return judged;
    const needed = neededFor(one, asked, families.get(one.metric)?.length ?? 1);
    return needed === undefined ? judged : { ...judged, needed };
  });
}

function neededFor(one: Estimated, asked: number, family: number): number | undefined {
  if (one.pairs === undefined) return processesNeeded({ ...one, asked, family });
  return pairsNeeded(
    one.pairs.map(({ ratio }) => Math.log(ratio)),
    { threshold: one.threshold, asked, planned: plannedLooks(one.pairs) },
  );
}
