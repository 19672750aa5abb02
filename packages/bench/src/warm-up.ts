import { performance } from 'node:perf_hooks';
import { median } from '@perf/stats';
import { batchSize, coldRoundTime } from './batch-size.js';
import { sampleBatches } from './sample-batches.js';
import type { Workload } from './workload.js';

/** Length of one window [ms]; one call of a slow function may take longer. */
const WINDOW_MS = 20;
/** So many windows in a row must agree. */
const WINDOWS = 5;
/** Their medians agree when the highest is at most this far above the lowest. */
const SPREAD = 0.05;

/** How warming up ended. */
export interface WarmUp {
  /** Rounds per batch for the sampling that follows. */
  readonly batch: number;
  /** Whether the last windows agreed before the time was up. */
  readonly steady: boolean;
}

/**
 * Runs the workload until its speed is steady: the medians of five windows in a row within 5 % of one another.
 *
 * @param limitMs - Begins no window after this time; the first one is always run.
 * @throws the signal's reason once it is aborted.
 */
export async function warmUp(workload: Workload, limitMs: number, signal: AbortSignal): Promise<WarmUp> {
  const until = performance.now() + limitMs;
  let batch = batchSize(await coldRoundTime(workload));
  const medians: number[] = [];
  do {
    const { samples } = await sampleBatches(workload, { batch, timeMs: WINDOW_MS, atLeast: 1, signal });
    const middle = median(samples);
    medians.push(middle);
    batch = batchSize(middle * workload.concurrency);
    const last = medians.slice(-WINDOWS);
    if (last.length === WINDOWS && Math.max(...last) <= Math.min(...last) * (1 + SPREAD)) {
      return { batch, steady: true };
    }
  } while (performance.now() < until);
  return { batch, steady: false };
}
