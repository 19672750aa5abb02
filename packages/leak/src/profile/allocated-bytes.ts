import { performance } from 'node:perf_hooks';
import { GCProfiler, getHeapStatistics } from 'node:v8';
import { median } from '@perf/stats';
import { callTimes } from './call-times.js';

/** Pairs of blocks, at most. */
const PAIRS = 15;
/** What a block is meant to allocate [bytes]: an eighth of a page of V8's heap, so that most meet no collection. */
const BLOCK_BYTES = 2 ** 15;
const MOST_CALLS = 4096;

/** How much a function allocates. */
export interface AllocatedBytes {
  /** Per call, on the V8 heap; 0 where it is less than the instrument resolves. */
  readonly perCall: number;
  /** Most that the heap held at the end of a block. */
  readonly heapPeak: number;
}

/**
 * Bytes that a call allocates on the V8 heap: the median difference of up to 15 pairs of blocks, one with twice the
 * calls of the other, so that what the instrument itself allocates per block falls out.
 *
 * A block's bytes are the growth of the used heap plus what each collection during the block took away. Buffers
 * outside of the V8 heap are not seen.
 *
 * @param limits - `callMs`: time of one call; `untilMs`: no block begins after this time of `performance.now()`, but
 * one pair always does.
 * @throws what the function throws; the signal's reason once it is aborted.
 */
export async function allocatedBytes(
  call: () => unknown,
  limits: { readonly callMs: number; readonly untilMs: number; readonly signal: AbortSignal },
): Promise<AllocatedBytes> {
  const blockMs = Math.max(0, limits.untilMs - performance.now()) / (3 * PAIRS);
  const affordable = Math.max(1, Math.min(MOST_CALLS, Math.floor(blockMs / Math.max(limits.callMs, 1e-6))));
  const trial = (await bytesOf(call, affordable, limits.signal)) / affordable;
  const calls = Math.max(1, Math.min(affordable, Math.round(BLOCK_BYTES / Math.max(trial, 1))));
  const differences: number[] = [];
  let heapPeak = 0;
  while (differences.length < PAIRS && (differences.length === 0 || performance.now() < limits.untilMs)) {
    const single = await bytesOf(call, calls, limits.signal);
    const double = await bytesOf(call, 2 * calls, limits.signal);
    differences.push(double - single);
    heapPeak = Math.max(heapPeak, process.memoryUsage().heapUsed);
  }
  const perCall = median(differences) / calls;
  return { perCall: perCall < 1 ? 0 : Math.round(perCall * 10) / 10, heapPeak };
}

async function bytesOf(call: () => unknown, calls: number, signal: AbortSignal): Promise<number> {
  signal.throwIfAborted();
  const profiler = new GCProfiler();
  profiler.start();
  const before = getHeapStatistics().used_heap_size;
  await callTimes(call, calls);
  const after = getHeapStatistics().used_heap_size;
  const collected = profiler
    .stop()
    .statistics.reduce(
      (sum, { beforeGC, afterGC }) =>
        sum + beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize,
      0,
    );
  return after - before + collected;
}
