import { duration, requireFunction } from '../check-options.js';
import { startHeapProfiler } from './heap-profiler.js';
import { type HeapPeak, PeakWatch } from './peak-watch.js';

/** Time between readings of the heap's size [ms]. */
const EVERY_MS = 5;

export interface HeapPeakOptions {
  /** Mean number of bytes allocated between samples; whole number from 1, default 32,768. */
  readonly intervalBytes?: number;
  /** Time between readings of the heap's size [ms]; above 0, default 5. */
  readonly everyMs?: number;
}

/**
 * The most memory that the V8 heap holds during a piece of work, and what it is made of then.
 *
 * The heap's size is read by a timer, so that a peak inside of a synchronous block is not seen. What the heap is made of
 * is looked at when it has risen by 4 MiB and by a tenth (see `PeakLooks`), and at the end. A look collects all garbage,
 * which stops the work for that time and keeps `bytes` below what the work would reach by itself.
 *
 * @param run - The work; a promise that it returns is awaited, and what it returns is held to the end. What it throws is
 * thrown on.
 * @throws {LeakError} `leak/not-a-function`, `leak/option`, `leak/inspector`.
 *
 * Cost: that of `profileHeap`, and a full collection for each look.
 */
export async function heapPeak(run: () => unknown, options: HeapPeakOptions = {}): Promise<HeapPeak> {
  requireFunction('heapPeak', run);
  const { everyMs = EVERY_MS, ...sampling } = options;
  duration('everyMs', everyMs);
  const profiler = await startHeapProfiler({ ...sampling, counts: 'live' });
  let timer: NodeJS.Timeout | undefined;
  try {
    const watch = await PeakWatch.begin(profiler);
    timer = setInterval(() => watch.read(), everyMs).unref();
    const held = { result: await run() };
    clearInterval(timer);
    const peak = await watch.end();
    held.result = undefined;
    return peak;
  } finally {
    clearInterval(timer);
    profiler.stop();
  }
}
