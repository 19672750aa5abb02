import { performance } from 'node:perf_hooks';
import { median, quantile } from '@perf/stats';
import { roundsBetweenCollections } from './allocation.js';
import { isTimedEach } from './batch-hooks.js';
import { batchSize, coldRoundTime } from './batch-size.js';
import { History } from './history.js';
import { sampleBatches } from './sample-batches.js';
import type { Workload } from './workload.js';

/**
 * Length of one window [ms], of the time that the process has for itself: V8 needs so many calls, and not so much time,
 * until it has optimised them. One call of a slow function may take longer.
 */
const WINDOW_MS = 20;
/** So many windows in a row must agree. */
const WINDOWS = 5;
/** Their medians agree when the highest is at most this far above the lowest. */
const SPREAD = 0.05;

/** The size of batches goes by the quicker of them in the quickest window, which neighbours and collections disturb least. */
const UNDISTURBED = 0.25;

/** How warming up ended. */
export interface WarmUp {
  /** Rounds per batch for the sampling that follows. */
  readonly batch: number;
  /** What one batch takes, with what runs between its calls [ns]. */
  readonly batchNs: number;
  /** Time per operation of the batches from the very first call on. */
  readonly history: History;
  /** Whether the measured function left the event loop waiting for more than a tenth of the time. */
  readonly waits: boolean;
  /** Whether the last windows agreed before the time was up. */
  readonly agreed: boolean;
}

/** More than this share of the time idle, and it is not the speed of the machine that decides. */
const WAITING = 0.1;

/**
 * Runs the workload until sampling can begin: until the medians of five windows in a row are within 5 % of one another,
 * or the time is up. This is a cheap rule for when to begin; whether the speed was steady is judged afterwards, on
 * the whole history.
 *
 * @param limitMs - Begins no window after this time; the first one is always run.
 * @throws the signal's reason once it is aborted.
 */
export async function warmUp(workload: Workload, limitMs: number, signal: AbortSignal): Promise<WarmUp> {
  const history = new History();
  const onBatch = (time: number, preempted = false) => history.push(time, preempted);
  onBatch(workload.firstCallNs);
  const loop = performance.eventLoopUtilization();
  const until = performance.now() + limitMs;
  let batch = batchSize(await coldRoundTime(workload, (time) => onBatch(time / workload.concurrency)));
  const medians: number[] = [];
  const rounds: number[] = [];
  let agreed = false;
  let roundNs: number;
  do {
    const limits = { timeMs: WINDOW_MS, limitMs: Math.max(WINDOW_MS, until - performance.now()) };
    const options = { batch, ...limits, atLeast: 1, signal, dropPreempted: true, onBatch };
    const { samples, operations, elapsed } = await sampleBatches(workload, options);
    const middle = median(samples);
    medians.push(middle);
    // What runs between calls fills a batch too, where it is in every round of it.
    const perOperation = isTimedEach(workload.hooks) ? elapsed / operations : quantile(samples, UNDISTURBED);
    rounds.push(perOperation * workload.concurrency);
    roundNs = Math.min(...rounds.slice(-WINDOWS));
    batch = await roundsBetweenCollections(workload, batchSize(roundNs));
    agreed = agree(medians.slice(-WINDOWS));
  } while (performance.now() < until && !agreed);
  const { utilization, idle } = performance.eventLoopUtilization(loop);
  return { batch, batchNs: batch * roundNs, history, waits: idle > 0 && utilization < 1 - WAITING, agreed };
}

function agree(medians: readonly number[]): boolean {
  return medians.length === WINDOWS && Math.max(...medians) <= Math.min(...medians) * (1 + SPREAD);
}
