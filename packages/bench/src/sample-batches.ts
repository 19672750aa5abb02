import { performance } from 'node:perf_hooks';
import { runRounds } from './rounds.js';
import type { Workload } from './workload.js';

/** Samples in the order in which they were taken. */
export interface Batches {
  /** Time per operation [ns], one for each batch. */
  readonly samples: number[];
  /** Operations in all batches together. */
  readonly operations: number;
}

/**
 * Times batches of rounds until the time is up.
 *
 * @param options - `batch`: rounds per sample; `timeMs`: time to fill with samples; `atLeast`: so many samples even
 * after the time is up; `signal`: looked at between batches.
 * @throws the signal's reason once it is aborted.
 *
 * Cost: two clock readings per batch, outside of what they time; memory of one number per batch.
 */
export async function sampleBatches(
  workload: Workload,
  { batch, timeMs, atLeast, signal }: { batch: number; timeMs: number; atLeast: number; signal: AbortSignal },
): Promise<Batches> {
  const operationsPerBatch = batch * workload.concurrency;
  const samples: number[] = [];
  const until = performance.now() + timeMs;
  for (let now = 0; now < until || samples.length < atLeast; ) {
    signal.throwIfAborted();
    const from = performance.now();
    const pending = runRounds(workload, batch);
    if (pending !== undefined) await pending;
    now = performance.now();
    samples.push(roundToPicosecond(((now - from) * 1e6) / operationsPerBatch));
  }
  return { samples, operations: samples.length * operationsPerBatch };
}

/** Finer than the clock resolves for any batch. Samples of three decimals can be stored as integers. */
function roundToPicosecond(ns: number): number {
  return Math.round(ns * 1000) / 1000;
}
