import type { HeapProfiler } from 'node:inspector/promises';
import { MonitorError } from '../monitor-error.js';
import { bytesBySite, type SiteBytes } from './bytes-by-site.js';
import { suspendInlining } from './inlining.js';
import { answered, inspectorSession } from './inspector.js';

/** Mean distance between sampled bytes: V8's own default is twice this, for programs that run longer. */
const INTERVAL_BYTES = 16_384;
const TOP = 15;

export interface AllocationProfileOptions {
  /** Mean number of bytes allocated between samples, from 1; default 16,384. */
  readonly intervalBytes?: number;
  /** Sites to give at most; default 15. */
  readonly top?: number;
  /**
   * Runs before the sampling, awaited: all code has just been dropped, and what V8 has not optimised yet allocates more,
   * such as an object for every fraction. Give some runs of the same work.
   */
  readonly warmUp?: () => unknown;
}

/** What V8 gives, with the samples that the type definitions of Node.js leave out. */
export interface SampledAllocations extends HeapProfiler.SamplingHeapProfile {
  readonly samples: readonly { readonly size: number; readonly nodeId: number; readonly ordinal: number }[];
}

/** An allocation profiler that can be switched on and off; each profile stands for itself. */
export interface AllocationProfiler {
  /** @param intervalBytes - As the option of the same name. */
  start(intervalBytes?: number): Promise<void>;
  /** Gives what V8 gives since the start, as `.heapprofile` files hold it; what was collected meanwhile is in it. */
  stop(): Promise<SampledAllocations>;
  /** Ends the session with V8; nothing stays enabled. */
  close(): void;
}

/**
 * Opens V8's sampling profiler of this thread's allocations, switched off. Until it is closed V8 inlines no functions, so
 * that each has its own bytes; all code was dropped to that end, so run the work for a while before `start`.
 *
 * @throws {MonitorError} `monitor/inspector` where V8 gives no session.
 */
export async function openAllocationProfiler(): Promise<AllocationProfiler> {
  const session = await inspectorSession();
  let resumeInlining = () => {};
  const close = () => {
    resumeInlining();
    session.disconnect();
  };
  try {
    resumeInlining = await suspendInlining(session);
  } catch (error) {
    close();
    throw error;
  }
  return {
    start: (intervalBytes = INTERVAL_BYTES) =>
      answered(
        session.post('HeapProfiler.startSampling', {
          samplingInterval: intervalBytes,
          includeObjectsCollectedByMajorGC: true,
          includeObjectsCollectedByMinorGC: true,
        }),
      ),
    stop: async () =>
      (await answered(session.post('HeapProfiler.stopSampling'))).profile as SampledAllocations,
    close,
  };
}

/** Where memory was allocated. */
export interface AllocationProfile {
  /** Allocated on the V8 heap meanwhile, also by sites that are not listed, without perfkit's own; estimated. */
  readonly bytes: number;
  /** Functions, most bytes first. */
  readonly sites: SiteBytes[];
}

/**
 * Where a piece of work allocates memory on the V8 heap, by function, what was collected meanwhile included.
 *
 * Bytes are estimates: V8 samples allocations at random, on average one every `intervalBytes`, and scales them up. A
 * site of n samples is off by about 1/√n. Buffers outside of the V8 heap are not seen. Functions are not inlined
 * meanwhile, so that each has its own bytes; objects that V8 saves by inlining count.
 *
 * @param run - The work; a promise that it returns is awaited. What it throws is thrown on.
 * @throws {MonitorError} `monitor/option`; `monitor/inspector` where V8 gives no session. V8 has one such profiler per
 * thread: two profiles at once spoil each other.
 *
 * Source: V8's SamplingHeapProfiler through the `HeapProfiler` domain of the inspector.
 */
export async function profileAllocations(
  run: () => unknown,
  options: AllocationProfileOptions = {},
): Promise<AllocationProfile> {
  const { intervalBytes = INTERVAL_BYTES, top = TOP } = options;
  if (!(intervalBytes >= 1 && Number.isFinite(intervalBytes))) {
    throw new MonitorError('monitor/option', `The option "intervalBytes" is ${intervalBytes}.`, {
      seen: intervalBytes,
      remedy: 'Give bytes, 1 or more.',
    });
  }
  const profiler = await openAllocationProfiler();
  try {
    await options.warmUp?.();
    await profiler.start(intervalBytes);
    await run();
    const { bytes, sites } = bytesBySite((await profiler.stop()).head);
    return { bytes, sites: sites.slice(0, top) };
  } finally {
    profiler.close();
  }
}
