import type { Measurement, Metric } from '@perf/schema';
import { ownMetrics } from './custom-metrics.js';
import type { EmptyCosts } from './empty-costs.js';
import type { Reference } from './reference.js';
import type { Batches } from './sample-batches.js';

/** Smallest thing that V8 allocates [bytes]: below it, allocation is none, or shared by many operations. */
const SMALLEST_OBJECT = 16;

/** What one process gave, before it is put into words that every reader knows. */
export interface BenchFindings {
  readonly batches: Batches;
  /** Median time per operation [ns]. */
  readonly time: number;
  /** Allocated per operation [bytes]. */
  readonly heap: number;
  readonly resources: Measurement['resources'];
  readonly empty: EmptyCosts;
  readonly reference: Reference | undefined;
  /** Time with observation, and under the profiler, over time without, minus 1. */
  readonly observation: number | undefined;
  readonly profiling: number | undefined;
}

/** What a benchmark measures itself, judged figures first. */
export function benchMetrics(found: BenchFindings): Metric[] {
  const { batches, time, heap, empty, reference } = found;
  return [
    timeMetric(time, batches.samples, batches.perSample),
    heapMetric(heap),
    ...costMetrics(found.resources, Math.min(1, batches.timed / batches.elapsed) / batches.operations),
    { ...lower(ownMetrics.throughput, '1/s', throughputOf(batches)), better: 'higher' },
    lower(ownMetrics.emptyCall, 'ns', empty.call),
    lower(ownMetrics.emptyAwait, 'ns', empty.await),
    ...(reference === undefined
      ? []
      : [
          lower(ownMetrics.reference, 'ns', reference.time),
          lower(ownMetrics.normalised, 'ratio', reference.normalised),
        ]),
    ...(['observation', 'profiling'] as const).flatMap((part) => {
      const value = found[part];
      return value === undefined ? [] : [lower(ownMetrics[part], 'ratio', value)];
    }),
  ];
}

/** Operations for each second of sampling: of the mean, where `time` is the median. Samples resolve a picosecond. */
export function throughputOf({ samples }: Batches): number {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return 1e9 / Math.max(mean, 0.001);
}

function lower(name: string, unit: Metric['unit'], value: number): Metric {
  return { name, unit, better: 'lower', value, judged: false };
}

/** @param time - Median of the samples, all of them per operation [ns]. */
export function timeMetric(time: number, samples: number[], batch: number): Metric {
  return { ...lower(ownMetrics.time, 'ns', time), judged: true, samples, batch };
}

/** @param heap - Allocated per operation [bytes]. */
export function heapMetric(heap: number): Metric {
  return { ...lower(ownMetrics.heap, 'bytes', heap), judged: true, resolution: SMALLEST_OBJECT };
}

/**
 * CPU time of all threads and pauses of the collector, per operation. Shown, not judged: both come in coarse steps.
 *
 * @param part - Of what was observed, for one operation: hooks and readings of the reference take some of both.
 */
export function costMetrics(resources: Measurement['resources'], part: number): Metric[] {
  const sums = { [ownMetrics.cpu]: ['cpuUser', 'cpuSystem'], [ownMetrics.gc]: ['gcTime'] };
  return Object.entries(sums).flatMap(([name, sources]) => {
    const values = sources
      .map((source) => resources[source])
      .map((resource) => (resource && 'value' in resource ? resource.value : Number.NaN));
    const value = values.reduce((sum, one) => sum + one, 0) * part;
    return Number.isFinite(value) ? [lower(name, 'ns', value)] : [];
  });
}
