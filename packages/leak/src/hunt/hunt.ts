import { performance } from 'node:perf_hooks';
import type { Warning } from '@perf/schema/core';
import type { Counted } from '../count/count-growth.js';
import type { GrowthVerdict } from '../growth/judge-growth.js';
import { HeldLog } from '../held/held-log.js';
import type { HeldResource } from '../held/read-held.js';
import type { OpenByKind, Subject } from '../subject/subject.js';
import { blockSize } from './block-size.js';
import { beginning, counted, NOT_COUNTED } from './counts.js';
import { heapVerdict } from './heap-verdict.js';
import { endingWith, withoutFreePages, withoutIdle, withoutOverhead } from './native-memory.js';
import { more } from './opened.js';
import type { FilledContainer, HuntPlan } from './plan.js';
import { judgeLog, runBlocks, type Verdicts } from './run-blocks.js';

/** Blocks to begin with, and at most: a doubt after the first is looked into with as many again. */
const BLOCKS = 12;
const MOST_BLOCKS: number = 2 * BLOCKS;
/** Blocks' worth of iterations before the first reading. */
const WARMUP_BLOCKS = 2;

/** Native memory that grows so many times as fast as the heap is not the heap's own. */
const TIMES_HEAP = 4;

/** What a hunt found. */
export interface Hunt {
  readonly log: HeldLog;
  readonly verdicts: Verdicts;
  readonly counted?: Counted;
  /** Containers that filled up or will, at their last sizes, most gained first. */
  readonly filled: readonly FilledContainer[];
  /** What was opened more often than closed, by kind, between the first reading and the last. */
  readonly opened: OpenByKind;
  /** Whether all blocks were run before the time was up. */
  readonly complete: boolean;
  readonly warnings: readonly Warning[];
}

/**
 * Hunts for leaks in a subject, step by step.
 *
 * 1. Exact counts of objects and of the contents of containers between a few iterations, while the heap is small; more of
 *    them where something grew, with what holds it and where it was allocated.
 * 2. Without instruments: blocks of iterations with a reading after each of bytes, descriptors and handles.
 * 3. As many blocks again where something is in doubt.
 * 4. Counts once more where bytes grow and the first counts saw nothing.
 * 5. Native memory that seems to leak or is in doubt has to go on when V8 gives back what it does not need, and is held
 *    against blocks that do nothing.
 *
 * Rejects with what the subject throws, or with the signal's reason.
 */
export async function hunt(subject: Subject, plan: HuntPlan): Promise<Hunt> {
  const most = plan.blocks ?? MOST_BLOCKS;
  const first = plan.blocks ?? BLOCKS;
  const { signal } = plan;
  const begun = plan.count === false ? undefined : await beginning(subject, plan);
  let counts =
    begun === undefined
      ? NOT_COUNTED
      : await counted(subject, plan, { affordable: begun, isSuspected: false });
  const isKnown = counts.counted?.verdict === 'leaking';
  const isAllowed = (counts.counted?.allowed.length ?? 0) > 0;
  const isDoubtful = (resource: HeldResource) => leavesDoubt(verdicts, resource, isKnown || isAllowed);
  const limits = { untilMs: performance.now() + plan.patienceMs, signal };
  const iterations =
    plan.iterations ?? (await blockSize(subject, { ...plan, ...limits, blocks: most + WARMUP_BLOCKS }));
  const blocks = {
    ...limits,
    iterations,
    onBlock: (block: number) => plan.tell?.(`block ${block} of at most ${most}`),
  };
  const warmup = plan.warmup ?? iterations * WARMUP_BLOCKS;
  if (warmup > 0) await subject.iterate(warmup, limits);
  const log = new HeldLog(most + 1);
  const before = await subject.openByKind();
  await runBlocks(subject, log, first, blocks);
  let verdicts = judgeLog(log, plan.floors);
  if (most > first && [...verdicts.keys()].some(isDoubtful)) {
    await runBlocks(subject, log, most, blocks);
    verdicts = judgeLog(log, plan.floors);
  }
  verdicts = withoutOverhead(verdicts);
  const opened = more(before, await subject.openByKind());
  const heap = verdicts.get('heap') as GrowthVerdict;
  const grows = heap.verdict === 'leaking' || heap.verdict === 'undecided';
  const complete = log.length > first;
  if (begun !== undefined && complete && grows && !isKnown && !isAllowed)
    counts = await counted(subject, plan, { affordable: begun, isSuspected: true });
  let filled: readonly FilledContainer[] = [];
  if (counts.counted !== undefined) {
    const judged = await heapVerdict(heap, counts.counted, {
      iterations: isKnown ? (log.iterations().at(-1) as number) : 0,
      room: await roomIn(subject, plan, log),
      external: Math.max(0, verdicts.get('external')?.perIteration.high ?? 0),
    });
    filled = judged.filled;
    const growing = counts.counted.growing.map(({ name }) => name);
    const isFilling = filled.some(({ limit }) => limit !== undefined);
    const others = isFilling ? endingWith(judged.verdict, verdicts, growing) : verdicts;
    verdicts = new Map(others).set('heap', judged.verdict);
  }
  const confirming = { ...limits, blocks: BLOCKS, floors: plan.floors };
  if (isDoubtful('rss'))
    verdicts = withoutOverhead(await withoutFreePages(verdicts, log, subject, confirming));
  if (verdicts.get('rss')?.verdict === 'leaking')
    verdicts = await withoutIdle(verdicts, log, subject.idle(), confirming);
  return { log, verdicts, opened, complete, filled, ...counts };
}

/** Bytes until the heap is full. */
async function roomIn(subject: Subject, { budget }: HuntPlan, log: HeldLog): Promise<number> {
  const most = budget ?? (await subject.capacity()).heap ?? Number.POSITIVE_INFINITY;
  return most - (log.readings('heap').at(-1) as number);
}

/** Whether more blocks are worth their time for a resource. Counts that found the leak settle the heap. */
function leavesDoubt(verdicts: Verdicts, resource: HeldResource, isKnown: boolean): boolean {
  const found = verdicts.get(resource);
  if (found === undefined) return false;
  const { verdict, perIteration } = found;
  if (resource === 'heap') return !isKnown && (verdict === 'leaking' || verdict === 'undecided');
  // Where the heap grows, native memory goes up and down with it.
  const heap = verdicts.get('heap')?.perIteration.estimate ?? 0;
  const isOfHeap = isKnown && perIteration.estimate < TIMES_HEAP * heap;
  return verdict === 'leaking' || (verdict === 'undecided' && !isOfHeap);
}
