import type { LimitFinding } from '@perf/schema';
import type { LoadThresholds } from '../load-options.js';

/** Where each threshold of the options belongs, and how its number becomes one in the metric's unit. */
const LIMITS = {
  p50Ms: { metric: 'latency_p50', unit: 'ns', bound: 'at-most', factor: 1e6 },
  p90Ms: { metric: 'latency_p90', unit: 'ns', bound: 'at-most', factor: 1e6 },
  p99Ms: { metric: 'latency_p99', unit: 'ns', bound: 'at-most', factor: 1e6 },
  p999Ms: { metric: 'latency_p999', unit: 'ns', bound: 'at-most', factor: 1e6 },
  errorRate: { metric: 'error_rate', unit: 'ratio', bound: 'at-most', factor: 1 },
  rate: { metric: 'throughput', unit: '1/s', bound: 'at-least', factor: 1 },
} as const satisfies Record<keyof LoadThresholds, unknown>;

/** The probe's own thresholds as findings, which a run holds against the metrics of its processes. */
export function limitFindings(thresholds: LoadThresholds = {}): LimitFinding[] {
  return Object.entries(LIMITS).flatMap(([name, { metric, unit, bound, factor }]) => {
    const limit = thresholds[name as keyof LoadThresholds];
    return limit === undefined
      ? []
      : [{ kind: 'limit' as const, metric, unit, bound, limit: limit * factor }];
  });
}
