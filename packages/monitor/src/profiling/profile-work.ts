import type { ProbeProfiles } from '@perf/schema';
import { describeError } from '@perf/schema/core';
import { MonitorError } from '../monitor-error.js';
import { openAllocationProfiler } from './allocation-profiler.js';
import { openCpuProfiler } from './cpu-profiler.js';

/** Time between two samples of the CPU [µs]: V8's own default. */
const INTERVAL_US = 1000;
/** Bytes between two samples of allocation: work that makes a gigabyte a second is stopped 8,000 times in it. */
const INTERVAL_BYTES = 131_072;

/**
 * Both profiles of one piece of work from its beginning to its end, with whatever it does to prepare: for work that goes
 * by a clock of its own, so that it cannot be run in blocks. Hence the overhead is unavailable.
 *
 * @param run - The work; a promise that it returns is awaited. What it throws is thrown on.
 * @param options - `noHeap`: why there is to be no heap profile, as a sentence, for work that samples allocations itself:
 * V8 has one such profiler per thread.
 * @returns Profiles, or why V8 gave none.
 */
export async function profileWork(
  run: () => unknown,
  { noHeap }: { readonly noHeap?: string } = {},
): Promise<ProbeProfiles> {
  const overhead = { unavailable: 'It runs by a clock of its own, so there are no equal blocks to compare.' };
  try {
    const cpuProfiler = await openCpuProfiler({ intervalUs: INTERVAL_US });
    const heapProfiler = noHeap === undefined ? await openAllocationProfiler() : undefined;
    try {
      await cpuProfiler.start();
      await heapProfiler?.start(INTERVAL_BYTES);
      await run();
      const allocations = await heapProfiler?.stop();
      const time = await cpuProfiler.stop();
      return {
        cpu: { profile: time, interval: INTERVAL_US * 1000, samples: time.samples?.length ?? 0, overhead },
        heap:
          allocations === undefined
            ? { unavailable: noHeap ?? '' }
            : {
                profile: allocations,
                interval: INTERVAL_BYTES,
                samples: allocations.samples.length,
                overhead,
              },
      };
    } finally {
      heapProfiler?.close();
      cpuProfiler.close();
    }
  } catch (error) {
    if (!(error instanceof MonitorError)) throw error;
    const none = { unavailable: describeError(error) };
    return { cpu: none, heap: none };
  }
}
