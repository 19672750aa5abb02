import type { Finding, Timeline } from '@perf/schema';
import { theilSen } from '@perf/stats';

/** How one figure of an endurance load drifted. */
export interface TrendFinding {
  readonly kind: 'trend';
  readonly metric: 'latency_p50' | 'rss';
  /** Whose memory: the server's where it is observed. */
  readonly scope: 'process' | 'target';
  readonly slope: {
    /** Growth per minute as a fraction of the level: 0.01 is 1 % a minute. */
    readonly perMinute: number;
    readonly low: number;
    readonly high: number;
    /** Two-sided, of no drift. */
    readonly p: number;
  };
  readonly verdict: 'growing' | 'falling' | 'steady' | 'undecided';
}

/** Fewer intervals than this show no trend. */
const FEWEST_POINTS = 10;
/** Change over the whole load below which nobody acts, and within which it counts as steady. */
const MATERIAL = 0.01;
const STEADY = 0.05;
const CONFIDENCE = 0.95;

/**
 * Whether latency or memory crept up over a load: slopes by Theil and Sen over its intervals, with Mann and Kendall's
 * test.
 *
 * `growing`: the interval of the slope lies above 0, and the growth over the load is 1 % or more. `falling`: the same
 * below 0. `steady`: neither, and a change of 5 % over the load either way can be ruled out. The first tenth is left
 * out: caches and heaps fill then.
 */
export function trendFindings(timeline: Timeline): (TrendFinding & Finding)[] {
  const targetRss = timeline.series.find(({ name, scope }) => name === 'rss' && scope === 'target');
  const rss = targetRss ?? timeline.series.find(({ name }) => name === 'rss');
  const latency = timeline.series.find(({ name }) => name === 'latency_p50');
  return [latency, rss].flatMap((series) => {
    if (series === undefined) return [];
    const finding = trendOfSeries(timeline.at, series);
    return finding === undefined ? [] : [finding];
  });
}

function trendOfSeries(
  at: readonly number[],
  { name, scope, values }: Timeline['series'][number],
): (TrendFinding & Finding) | undefined {
  const kept = values.flatMap((value, index) => {
    const time = at[index];
    const missing = value === null || value <= 0 || time === undefined;
    return missing || index < values.length / 10 ? [] : [{ time, value }];
  });
  const [first, last] = [kept[0], kept.at(-1)];
  if (first === undefined || last === undefined || kept.length < FEWEST_POINTS) return undefined;
  const minutes = (last.time - first.time) / 6e10;
  const { perPoint, low, high, p } = theilSen(
    kept.map(({ value }) => value),
    CONFIDENCE,
  );
  const points = kept.length - 1;
  const perMinute = (slope: number) => (slope * points) / minutes;
  return {
    kind: 'trend',
    metric: name === 'rss' ? 'rss' : 'latency_p50',
    scope: scope === 'target' ? 'target' : 'process',
    slope: { perMinute: perMinute(perPoint), low: perMinute(low), high: perMinute(high), p },
    verdict: verdictOf({ growth: perPoint * points, low: low * points, high: high * points, p }),
  };
}

function verdictOf(over: { growth: number; low: number; high: number; p: number }): TrendFinding['verdict'] {
  const sure = over.p < 1 - CONFIDENCE && Math.abs(over.growth) >= MATERIAL;
  if (sure && over.low > 0) return 'growing';
  if (sure && over.high < 0) return 'falling';
  return over.low > -STEADY && over.high < STEADY ? 'steady' : 'undecided';
}
