import type { Budget } from '@perf/schema';
import type { BenchOptions } from './bench-options.js';

/** What a quick profile leaves of a probe's own times at least [ms]: enough for samples, and for five windows of warm-up. */
const LEAST_MS = 100;

/** Time for samples and longest warm-up [ms]: the probe's own, shortened by the run's share of it, or the run's. */
export function timesOf(
  options: Pick<BenchOptions, 'timeMs' | 'warmupMs'>,
  { timeMs, warmupMs, share }: Budget,
): { readonly timeMs: number; readonly warmupMs: number } {
  return {
    timeMs: options.timeMs === undefined ? timeMs : shortened(options.timeMs, share),
    warmupMs: options.warmupMs === undefined ? warmupMs : shortened(options.warmupMs, share),
  };
}

function shortened(ms: number, share: number): number {
  return Math.max(ms * share, Math.min(ms, LEAST_MS));
}
