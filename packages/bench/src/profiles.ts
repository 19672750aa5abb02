import { MonitorError, openCpuProfiler, profileAllocations } from '@perf/monitor';
import { type AllocationSite, describeError, type HotFunction, type Warning } from '@perf/schema/core';
import { median } from '@perf/stats';
import { excessTime, timeOf } from './overhead.js';
import { busyRoundNs, sampleBatches } from './sample-batches.js';
import type { Workload } from './workload.js';

/** Time under each profiler [ms]; never more than samples were taken for. */
const PROFILE_MS = 100;
/** The CPU profile is taken in so many blocks, each beside one without it. */
const PAIRS = 4;
/** V8 compiles the code anew for the profilers [ms]. */
const WARM_MS = 20;
/** Time between samples [µs]: half of V8's own, since there are only some 200 of them. */
const INTERVAL_US = 500;
/** Below so many samples shares are chance: a share of a half is off by more than 0.2. */
const FEWEST_SAMPLES = 20;
/** Bytes between two samples of allocation. */
const INTERVAL_BYTES = 16_384;
/** Sites below this share are left out: the clock readings between batches allocate that little. */
const LEAST_SHARE = 0.001;

/** What profiling needs to know of the measurement that it follows. */
export interface ProfileBounds {
  /** Time that samples were taken for [ms]. */
  readonly timeMs: number;
  /** Rounds of one sample, and the time of one round [ns]. */
  readonly batch: number;
  readonly roundNs: number;
  /** Bytes that one operation allocates. */
  readonly heap: number;
  /** Epoch time [ms] after which the process is killed. */
  readonly deadline: number;
  readonly signal: AbortSignal;
}

/** Where time and memory went; what could not be seen is left out, and `warnings` say so if it was refused. */
export interface Profiles {
  readonly artifacts: { hotFunctions?: HotFunction[]; allocationSites?: AllocationSite[] };
  /** Time under the CPU profiler over time without, minus 1. */
  readonly overhead?: number;
  readonly warnings: Warning[];
}

/**
 * Runs the workload on under V8's profilers, after everything that is timed: first for its functions, then for what
 * they allocate. Rejects with what the measured function throws.
 *
 * Cost: about 300 ms of the workload and 50 ms of switching; for slow functions three rounds. Nothing when
 * less than twice that is left before the deadline.
 */
export async function profile(workload: Workload, bounds: ProfileBounds): Promise<Profiles> {
  const needed = 2 * Math.max(4 * PROFILE_MS, (4 * bounds.roundNs) / 1e6);
  if (Date.now() + needed > bounds.deadline) return { artifacts: {}, warnings: [] };
  try {
    const { hotFunctions, overhead } = await profileTime(workload, bounds);
    const allocationSites = await profileMemory(workload, bounds);
    return {
      artifacts: {
        ...(hotFunctions.length > 0 && { hotFunctions }),
        ...(allocationSites.length > 0 && { allocationSites }),
      },
      ...(overhead !== undefined && { overhead }),
      warnings: [],
    };
  } catch (error) {
    if (!(error instanceof MonitorError)) throw error;
    return { artifacts: {}, warnings: [{ code: 'bench/no-profile', message: describeError(error) }] };
  }
}

async function profileTime(
  workload: Workload,
  { timeMs, batch, roundNs, signal }: ProfileBounds,
): Promise<{ hotFunctions: HotFunction[]; overhead?: number }> {
  const profiler = await openCpuProfiler({ intervalUs: INTERVAL_US });
  try {
    const slow = roundNs / 1e6 > WARM_MS;
    const roundMs = slow ? roundNs / 1e6 : await warmRoundTime(workload, batch, signal);
    const rounds = Math.max(1, Math.round(Math.min(PROFILE_MS, timeMs) / PAIRS / roundMs));
    const other = async () => {
      await profiler.start();
      try {
        return await timeOf(workload, rounds);
      } finally {
        await profiler.stop();
      }
    };
    if (slow) await other();
    const overhead = slow
      ? Number.NaN
      : await excessTime(PAIRS, { plain: () => timeOf(workload, rounds), other }, signal);
    const { functions, samples } = profiler.profile();
    return {
      hotFunctions: samples < FEWEST_SAMPLES ? [] : functions,
      ...(Number.isFinite(overhead) && { overhead }),
    };
  } finally {
    profiler.close();
  }
}

/** Warms the workload up again, and gives the time of one round then [ms]. */
async function warmRoundTime(workload: Workload, batch: number, signal: AbortSignal): Promise<number> {
  const batches = await sampleBatches(workload, { batch, timeMs: WARM_MS, atLeast: 5, signal });
  return busyRoundNs(workload, batches, median(batches.samples.slice(-5))) / 1e6;
}

/**
 * V8 keeps functions apart for the profile and so makes objects that it would have saved by inlining: what the sites
 * make together is no more than what was measured without a profiler.
 */
async function profileMemory(
  workload: Workload,
  { timeMs, batch, heap, signal }: ProfileBounds,
): Promise<AllocationSite[]> {
  if (heap === 0) return [];
  let operations = 0;
  const run = (limitMs: number) => sampleBatches(workload, { batch, timeMs: limitMs, atLeast: 1, signal });
  const sampled = async () => {
    ({ operations } = await run(Math.min(PROFILE_MS, timeMs) / 2));
  };
  const { bytes: all, sites } = await profileAllocations(sampled, {
    intervalBytes: INTERVAL_BYTES,
    warmUp: () => run(WARM_MS),
  });
  if (all < FEWEST_SAMPLES * INTERVAL_BYTES) return [];
  const perOperation = Math.min(heap, all / operations);
  return sites
    .filter(({ share }) => share >= LEAST_SHARE)
    .map(({ bytes: _, share, ...place }) => ({ ...place, bytesPerOperation: share * perOperation, share }));
}
