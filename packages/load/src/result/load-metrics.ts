import type { Metric } from '@perf/schema';
import { quantileOf } from '../recording/latency-histogram.js';
import type { LoadCourse } from '../run-stages.js';
import type { ObservedLoad } from '../under-load.js';

/** Quantiles that are metrics, by their names; the two that people set limits on are judged. */
const QUANTILES = [
  { name: 'latency_p50', share: 0.5, judged: true },
  { name: 'latency_p90', share: 0.9, judged: false },
  { name: 'latency_p99', share: 0.99, judged: true },
  { name: 'latency_p999', share: 0.999, judged: false },
] as const;

/**
 * The metrics of a load. Latencies are absent when nothing succeeded.
 *
 * Of `scale` and `stress`, whose stages differ on purpose, latencies over all stages are no level of anything: they are
 * context, `throughput` is that of the best stage, and `stress` is judged by its `capacity`.
 */
export function loadMetrics({
  shape,
  course,
  recorder,
}: Pick<ObservedLoad, 'shape' | 'course' | 'recorder'>): Metric[] {
  const mixed = shape.shape === 'scale' || shape.shape === 'stress';
  const { response, errors } = recorder;
  const operations = response.totalCount + errors.total;
  const errorRate = operations === 0 ? 0 : errors.total / operations;
  const metrics: Metric[] = [
    {
      name: 'throughput',
      unit: '1/s',
      better: 'higher',
      value: throughputOf(course, mixed),
      judged: shape.shape !== 'stress',
    },
  ];
  if (response.totalCount > 0) {
    for (const { name, share, judged } of QUANTILES) {
      const value = quantileOf(response, share);
      metrics.push({ name, unit: 'ns', better: 'lower', value, judged: judged && !mixed });
    }
  }
  metrics.push(
    { name: 'error_rate', unit: 'ratio', better: 'lower', value: errorRate, judged: false },
    { name: 'success_rate', unit: 'ratio', better: 'higher', value: 1 - errorRate, judged: false },
  );
  if (course.capacity !== undefined) {
    const unit = shape.model === 'open' ? '1/s' : 'count';
    metrics.push({ name: 'capacity', unit, better: 'higher', value: course.capacity, judged: true });
  }
  return metrics;
}

function throughputOf({ stages }: LoadCourse, best: boolean): number {
  if (best) return Math.max(...stages.map(({ throughput }) => throughput));
  const lasted = (stage: (typeof stages)[number]) => stage.to - stage.from;
  const time = stages.reduce((sum, stage) => sum + lasted(stage), 0);
  return stages.reduce((sum, stage) => sum + stage.throughput * lasted(stage), 0) / time;
}
