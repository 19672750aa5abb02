import { GCProfiler, getHeapStatistics } from 'node:v8';
import { isThenable } from '@perf/schema/core';
import { median } from '@perf/stats';
import { hasBatchHooks, isTimedEach, runHook } from './batch-hooks.js';
import { runRounds } from './rounds.js';
import type { Workload } from './workload.js';

const BLOCKS = 15;
/** All blocks together are meant to take no longer [ns]: slow functions get fewer, down to one pair. */
const TOTAL_NS = 150_000_000;
/** Time that one block is meant to take [ns], and the most rounds in it. */
const BLOCK_NS = 2_000_000;
const MAX_ROUNDS = 4096;
/**
 * Bytes that one block is meant to allocate: an eighth of a page of V8's heap, so that most blocks meet neither a
 * collection nor the end of a page, where V8 leaves a rest unused that counts as used.
 */
const BLOCK_BYTES = 2 ** 15;
/** Of the megabyte that V8 gives to young objects at first, and keeps to where few of them stay: a quarter. */
const BATCH_BYTES = 2 ** 18;
/** Below a whole byte per operation it is the instrument that allocates. */
const RESOLUTION_BYTES = 1;

/**
 * Bytes that one operation allocates on the V8 heap: from the medians of up to 15 pairs of blocks.
 *
 * A block's bytes are the growth of the used heap plus what every collection during the block took away (V8 reports
 * the heap before and after each), so collections do not hide anything. Blocks of twice as many rounds
 * alternate with single ones; their difference leaves out whatever the instrument itself allocates per block. Buffers
 * outside the V8 heap are not seen. What hooks allocate is left out: with hooks around each call a block is one call,
 * and beside it stands one of nothing.
 *
 * @param operationNs - Time of one operation, to size the blocks [ns].
 * @throws the signal's reason once it is aborted.
 */
export async function allocatedPerOperation(
  workload: Workload,
  operationNs: number,
  signal: AbortSignal,
): Promise<number> {
  const bytes = isTimedEach(workload.hooks)
    ? await ofSingleCalls(workload, operationNs, signal)
    : await ofBlocks(workload, operationNs, signal);
  return bytes < RESOLUTION_BYTES ? 0 : Math.round(bytes * 10) / 10;
}

/**
 * How many of so many rounds allocate little enough that most batches of them meet no collection of garbage: a power of
 * two. With about one in every batch, it would be chance whether the median batch holds one.
 *
 * Cost: one batch. Where calls are timed for themselves, all rounds are given back.
 */
export async function roundsBetweenCollections(workload: Workload, rounds: number): Promise<number> {
  if (rounds === 1 || isTimedEach(workload.hooks)) return rounds;
  const bytes = (await bytesBetweenHooks(workload, rounds)) / rounds;
  const fitting = Math.min(rounds, BATCH_BYTES / Math.max(bytes, 1));
  return Math.max(1, 2 ** Math.floor(Math.log2(fitting)));
}

async function bytesBetweenHooks(workload: Workload, rounds: number): Promise<number> {
  const run = () => bytesOf(() => runRounds(workload, rounds));
  if (!hasBatchHooks(workload.hooks)) return run();
  await runHook(workload.hooks.beforeBatch);
  const bytes = await run();
  await runHook(workload.hooks.afterBatch);
  return bytes;
}

async function ofBlocks(workload: Workload, operationNs: number, signal: AbortSignal): Promise<number> {
  const fitting = (perBlock: number, perRound: number) =>
    Math.max(1, Math.min(MAX_ROUNDS, Math.round(perBlock / Math.max(perRound, 1))));
  const block = (rounds: number) => bytesBetweenHooks(workload, rounds);
  const roundNs = operationNs * workload.concurrency;
  const timed = fitting(BLOCK_NS, roundNs);
  const trial = (await block(timed)) / timed;
  const rounds = Math.min(timed, fitting(BLOCK_BYTES, trial));
  const single: number[] = [];
  const double: number[] = [];
  const blocks = Math.max(1, Math.min(BLOCKS, Math.floor(TOTAL_NS / (3 * rounds * roundNs))));
  for (let pair = 0; pair < blocks; pair += 1) {
    signal.throwIfAborted();
    single.push(await block(rounds));
    double.push(await block(2 * rounds));
  }
  return (median(double) - median(single)) / (rounds * workload.concurrency);
}

async function ofSingleCalls(
  { fn, input, hooks }: Workload,
  operationNs: number,
  signal: AbortSignal,
): Promise<number> {
  const calls: number[] = [];
  const nothings: number[] = [];
  const pairs = Math.max(1, Math.min(BLOCKS, Math.floor(TOTAL_NS / operationNs)));
  await runHook(hooks.beforeBatch);
  for (let pair = 0; pair < pairs; pair += 1) {
    signal.throwIfAborted();
    nothings.push(await bytesOf(() => undefined));
    await runHook(hooks.beforeEach);
    calls.push(await bytesOf(() => fn(input)));
    await runHook(hooks.afterEach);
  }
  await runHook(hooks.afterBatch);
  return median(calls) - median(nothings);
}

async function bytesOf(work: () => unknown): Promise<number> {
  const profiler = new GCProfiler();
  profiler.start();
  const before = getHeapStatistics().used_heap_size;
  const pending = work();
  if (isThenable(pending)) await pending;
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
