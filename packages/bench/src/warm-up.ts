import { median } from '@perf/stats';
import { batchSize, coldRoundTime } from './batch-size.js';
import { sampleBatches } from './sample-batches.js';
import type { Workload } from './workload.js';

/** Length of one window [ms]. */
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
 * @param limitMs - Gives up after this time, at least five windows.
 */
export async function warmUp(workload: Workload, limitMs: number): Promise<WarmUp> {
  let batch = batchSize(await coldRoundTime(workload));
  const medians: number[] = [];
  for (let spentMs = 0; medians.length < WINDOWS || spentMs < limitMs; spentMs += WINDOW_MS) {
    const { samples } = await sampleBatches(workload, { batch, timeMs: WINDOW_MS });
    const middle = median(samples);
    medians.push(middle);
    batch = batchSize(middle * workload.concurrency);
    const last = medians.slice(-WINDOWS);
    if (last.length === WINDOWS && Math.max(...last) <= Math.min(...last) * (1 + SPREAD)) {
      return { batch, steady: true };
    }
  }
  return { batch, steady: false };
}
