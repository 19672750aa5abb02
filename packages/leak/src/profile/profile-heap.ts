import { requireFunction } from '../check-options.js';
import type { HeapProfile } from './heap-profile.js';
import { type HeapProfilerOptions, startHeapProfiler } from './heap-profiler.js';

/**
 * Where a piece of work allocates memory on the V8 heap, by stack, as a profile that Chrome DevTools opens.
 *
 * What was collected by the end is left out unless `counts` is `allocated`; what `run` returns is held until then and
 * counts. See `startHeapProfiler` for what a profile holds, and `heapProfileTop` for reading one.
 *
 * @param run - The work; a promise that it returns is awaited. What it throws is thrown on.
 * @throws {LeakError} `leak/not-a-function`, `leak/option`, `leak/inspector`.
 */
export async function profileHeap(
  run: () => unknown,
  options: HeapProfilerOptions = {},
): Promise<HeapProfile> {
  requireFunction('profileHeap', run);
  const profiler = await startHeapProfiler(options);
  try {
    const held = { result: await run() };
    const profile = await profiler.snapshot();
    held.result = undefined;
    return profile;
  } finally {
    profiler.stop();
  }
}
