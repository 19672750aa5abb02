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
  const session = await inspectorSession();
  let resumeInlining = () => {};
  try {
    resumeInlining = await suspendInlining(session);
    await options.warmUp?.();
    const sampling = {
      samplingInterval: intervalBytes,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    };
    await answered(session.post('HeapProfiler.startSampling', sampling));
    await run();
    const { profile } = await answered(session.post('HeapProfiler.stopSampling'));
    const { bytes, sites } = bytesBySite(profile.head);
    return { bytes, sites: sites.slice(0, top) };
  } finally {
    resumeInlining();
    session.disconnect();
  }
}
