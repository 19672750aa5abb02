import { performance } from 'node:perf_hooks';
import type { Held } from '../held/read-held.js';
import type { Limits, Subject } from '../subject/subject.js';

/** A block of a function that takes long has so many iterations all the same, where the time limit allows it. */
const FEW_ITERATIONS = 20;
/** What all blocks together may leave behind: bytes, and a quarter of the 1024 descriptors that a process may have. */
const MOST_BYTES = 32 * 2 ** 20;
const MOST_DESCRIPTORS = 256;
const MOST_HANDLES = 20_000;
/**
 * Part of that which finding the size may leave behind, without the step that left most. A program that starts up
 * keeps many MiB once, which must not pass for a leak: it would get blocks so small that they hold nothing but its
 * start. Of a leak the last step leaves as much as all before it.
 */
const LARGEST_SHARE = 0.25;
/** Part of the time for all blocks that finding their size may take. */
const SHARE_OF_TIME = 0.25;
/** V8's default young generation, three semi-spaces of 16 MiB: resident from the first iterations on, or not [bytes]. */
export const YOUNG_GENERATION: number = 48 * 2 ** 20;
/** Beyond it nothing more is learnt: a byte in each of so many iterations passes every floor. */
const MOST_ITERATIONS = 10_000_000;

/** What a block may take. */
export interface BlockLimits extends Limits {
  /** Time that a block is meant to take [ms]. */
  readonly blockMs: number;
  /** Time that all blocks together may take [ms]. */
  readonly totalMs: number;
  /** Blocks that will be run with the size found, warm-up included. */
  readonly blocks: number;
}

/**
 * Iterations per block: as many as fill a block's time, fewer where each leaves so much behind that memory,
 * descriptors or the collector would suffer.
 *
 * Doubles the iterations until they take a quarter of a block, and settles after each step, so that it warms up the
 * function on the way.
 *
 * @throws whatever the function throws; the signal's reason once it is aborted.
 */
export async function blockSize(subject: Subject, limits: BlockLimits): Promise<number> {
  const begunAt = performance.now();
  let before = await subject.settle();
  // What happens once, such as loading a module late, is in one step. A leak is in both of two.
  let mostBefore = 0;
  let spent = 0;
  let largest = 0;
  for (let iterations = 1; ; iterations *= 2) {
    const startedAt = performance.now();
    const done = await subject.iterate(iterations, limits);
    const elapsed = performance.now() - startedAt;
    const after = await subject.settle();
    const share = shareOf(before, after, iterations < FEW_ITERATIONS / 2 ? YOUNG_GENERATION : 0);
    const most = share === 0 ? Number.POSITIVE_INFINITY : done / (share * limits.blocks);
    const isSlow = performance.now() - begunAt >= limits.totalMs * SHARE_OF_TIME;
    const isLong = elapsed >= limits.blockMs / 4 && iterations >= FEW_ITERATIONS / 2;
    spent += share;
    largest = Math.max(largest, share);
    const isLarge = spent - largest >= LARGEST_SHARE;
    if ((iterations > 1 && (isSlow || isLong || isLarge)) || performance.now() >= limits.untilMs) {
      return fitting(elapsed / done, Math.max(mostBefore, most), limits);
    }
    mostBefore = most;
    before = after;
  }
}

function fitting(iterationMs: number, affordable: number, { blockMs, totalMs, blocks }: BlockLimits): number {
  const each = Math.max(iterationMs, 1e-6);
  const wanted = Math.max(FEW_ITERATIONS, blockMs / each);
  return Math.max(1, Math.floor(Math.min(wanted, totalMs / blocks / each, affordable, MOST_ITERATIONS)));
}

/** What a step left behind, as a part of what all blocks together may. */
export function shareOf(before: Held, after: Held, youngBytes: number): number {
  const gained = (resource: keyof Held) => Math.max(0, after[resource] - before[resource]) || 0;
  const bytes = gained('heap') + gained('external') + Math.max(0, gained('rss') - youngBytes);
  return Math.max(bytes / MOST_BYTES, gained('fd') / MOST_DESCRIPTORS, gained('handle') / MOST_HANDLES);
}
