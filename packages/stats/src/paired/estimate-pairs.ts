import type { Estimated } from '../estimated.js';
import type { MetricOfBoth } from '../metrics-of-pair.js';
import { median } from '../quantile.js';
import { betweenPairs } from './between-pairs.js';
import { plannedLooks } from './looks.js';
import { type MeasuredPair, pairPoints } from './paired-measurements.js';

/** One metric of a probe that was measured in pairs, before thresholds and verdicts. */
export function estimatePairs(
  pairs: readonly MeasuredPair[],
  { a, b, resolved }: MetricOfBoth,
  confidence: number,
): Omit<Estimated, 'probe' | 'threshold'> {
  const points = pairPoints(pairs, b.metric, resolved.resolution);
  const { deviation: _, ...ratio } = betweenPairs(
    points.map(({ logRatio }) => logRatio),
    confidence,
    plannedLooks(points),
  );
  const method = pairs[0]?.b.pairing?.method;
  return {
    metric: b.metric,
    unit: b.unit,
    better: b.better,
    ...ratio,
    processes: { a: a.values.length, b: b.values.length },
    center: { a: median(a.values), b: median(b.values) },
    values: { a: [...a.values], b: [...b.values] },
    ...(resolved.resolution !== undefined && { resolution: resolved.resolution }),
    ...(method !== undefined && { method }),
    pairs: points.map(({ logRatio, ...rest }) => ({ ratio: Math.exp(logRatio), ...rest })),
  };
}
