import { performance } from 'node:perf_hooks';
import type { Warning } from '@perf/schema/core';
import { type Counted, countGrowth, windowOf } from '../count/count-growth.js';
import { leastGrowth } from '../count/sustained.js';
import type { Subject } from '../subject/subject.js';
import { shareOf, YOUNG_GENERATION } from './block-size.js';
import type { HuntPlan } from './plan.js';

/** Snapshots of a larger heap would take minutes and gigabytes; five of them, once bytes have grown, for a smaller one. */
const LARGEST_HEAP = 128 * 2 ** 20;
const LARGEST_GROWN_HEAP = 24 * 2 ** 20;
/** Time that the snapshots of all counts need: 3 s and for each MiB of heap 0.6 s. */
const LEAST_MS = 3000;
const MS_PER_MIB = 600;

/** Iterations to begin with: enough to know what one takes and leaves behind. */
const FIRST_ITERATIONS = 101;
const FIRST_MS = 300;
/** Time that the iterations of all counts may take [ms], and part of what all blocks may leave behind that theirs may. */
const COUNTING_MS = 5000;
const COUNTING_SHARE = 0.5;
export const NOT_COUNTED: Counts = { warnings: [] };

export interface Counts {
  readonly counted?: Counted;
  readonly warnings: readonly Warning[];
}

/** Warms the subject up a little. @returns Iterations that counting can afford. */
export async function beginning(subject: Subject, plan: HuntPlan): Promise<number> {
  const { signal } = plan;
  await subject.iterate(1, { untilMs: 0, signal });
  const before = await subject.settle();
  const startedAt = performance.now();
  const done = await subject.iterate(FIRST_ITERATIONS, { untilMs: startedAt + FIRST_MS, signal });
  const iterationMs = (performance.now() - startedAt) / done;
  const share = shareOf(before, await subject.settle(), YOUNG_GENERATION) / done;
  const forMs = Math.min(COUNTING_MS, (plan.deadline - Date.now()) / 4);
  return Math.min(COUNTING_SHARE / share, forMs / iterationMs);
}

export async function counted(
  subject: Subject,
  plan: HuntPlan,
  { affordable, isSuspected }: { affordable: number; isSuspected: boolean },
): Promise<Counts> {
  const { heap } = await subject.settle();
  const refusal = refusalOf(heap, plan, isSuspected ? LARGEST_GROWN_HEAP : LARGEST_HEAP);
  if (refusal !== undefined) return { warnings: [refusal] };
  const iterations = windowOf(affordable);
  const counts = await countGrowth(subject, {
    iterations,
    least: leastGrowth(iterations, plan.floors.heap.perIteration),
    running: plan.running,
    allow: plan.allow,
    whole: isSuspected || plan.count === true,
    untilMs: performance.now() + (plan.deadline - Date.now()) / 3,
    signal: plan.signal,
    onWindow: (window, windows) => plan.tell?.(`counting objects, ${window} of ${windows}`),
  });
  // What follows is without instruments, except where something is to be looked at again.
  if (counts.counted?.verdict !== 'leaking') subject.close();
  return counts;
}

function refusalOf(heap: number, { deadline }: HuntPlan, largest: number): Warning | undefined {
  const without = (why: string) => ({
    code: 'leak/no-snapshots',
    message: `Heap snapshots were not compared: ${why}.`,
  });
  if (deadline - Date.now() < LEAST_MS + (MS_PER_MIB * heap) / 2 ** 20)
    return without('too little time was left before the deadline');
  return heap > largest ? without(`the heap is larger than ${largest / 2 ** 20} MiB`) : undefined;
}
