import { MonitorError, openAllocationProfiler, openCpuProfiler } from '@perf/monitor';
import {
  describeError,
  type Params,
  type ProbeContext,
  type ProbeProfiles,
  type TakenProfile,
  type Unavailable,
} from '@perf/schema/core';
import { median } from '@perf/stats';
import { allocatedPerOperation } from './allocation.js';
import { hasBatchHooks, isTimedEach } from './batch-hooks.js';
import type { AllBenchOptions } from './bench-options.js';
import { timesOf } from './budget.js';
import { blockRatios, cpuTimeOf, overheadOf, timeOf } from './overhead.js';
import { busyRoundNs, sampleBatches } from './sample-batches.js';
import { warmUp } from './warm-up.js';
import { type Workload, workloadOf } from './workload.js';

/** Time between two samples of the CPU [µs]: V8's own default. */
const INTERVAL_US = 1000;
/** V8 compiles the code anew for each profiler [ms]. */
const WARM_MS = 200;
/** Samples of allocation to aim for in a second: each costs a few microseconds, so together below 1 % of the time. */
const ALLOCATIONS_PER_SECOND = 2000;
const INTERVAL_BYTES = { least: 2 ** 12, most: 2 ** 24 };
/** Length of a profile: three times that of sampling, within these [ms]. */
const PROFILE_MS = { least: 500, most: 5000 };
/** Length of one block of a pair [ms]: some samples of the CPU, and short enough to change places often. */
const BLOCK_MS = 20;
const PAIRS = 16;
/** All pairs together are meant to take no longer [ms]: slow functions get fewer. */
const PAIRS_MS = 2000;
/** Fewer pairs than this say nothing about a few percent. */
const FEWEST_PAIRS = 6;

const timeIn = { cpu: cpuTimeOf, elapsed: timeOf } as const;

/** A profiler of V8 that can be switched on and off. */
interface Switched<Profile> {
  start(): Promise<void>;
  stop(): Promise<Profile>;
}

/** Time of one round [ms]: by the clock, and in the kind of time that profilers are held against. */
interface Round {
  readonly elapsedMs: number;
  readonly ownMs: number;
}

interface Bounds {
  readonly timeMs: number;
  readonly batch: number;
  /** Which time profilers are held against. */
  readonly of: keyof typeof timeIn;
  readonly signal: AbortSignal;
}

/**
 * Runs a benchmark under V8's CPU profiler and then under its sampling of allocations: each at first in blocks with and
 * without it in turn, for what it costs, then throughout, for the profile. Both keep functions apart.
 *
 * Rejects with whatever the measured function or its fixture throws; teardown runs all the same.
 *
 * Cost: setup and warm-up, then some 4 s at the default time for samples of 300 ms.
 */
export async function profileBench<Input>(
  fn: (input: Input | Params) => unknown,
  options: AllBenchOptions<Input>,
  { probe, budget, signal }: ProbeContext,
): Promise<ProbeProfiles> {
  const input = options.setup === undefined ? probe.params : await options.setup(probe.params);
  try {
    const workload = await workloadOf(fn, input, options);
    const { timeMs, warmupMs } = timesOf(options, budget);
    const { batch, waits } = await warmUp(workload, warmupMs, signal);
    const of = waits || !cpuTimeIsOfTheWork(workload) ? 'elapsed' : 'cpu';
    const bounds = { timeMs, batch, of, signal } as const;
    const usual = await steadyRound(workload, bounds);
    const { profile: cpu, round } = await profileTime(workload, bounds);
    const heap = await profileAllocations(workload, bounds);
    const apart = (round?.ownMs ?? Number.NaN) / usual.ownMs;
    return { cpu, heap, ...(Number.isFinite(apart) && { apart }) };
  } finally {
    if (options.setup !== undefined) await options.teardown?.(input as Input);
  }
}

async function profileTime(
  workload: Workload,
  bounds: Bounds,
): Promise<{ profile: TakenProfile | Unavailable; round?: Round }> {
  try {
    const profiler = await openCpuProfiler({ intervalUs: INTERVAL_US });
    try {
      const round = await steadyRound(workload, bounds);
      const { profile, overhead } = await under(profiler, workload, round, bounds);
      const samples = profile.samples?.length ?? 0;
      return { profile: { profile, interval: INTERVAL_US * 1000, samples, overhead }, round };
    } finally {
      profiler.close();
    }
  } catch (error) {
    return { profile: refusal(error) };
  }
}

async function profileAllocations(workload: Workload, bounds: Bounds): Promise<TakenProfile | Unavailable> {
  try {
    const profiler = await openAllocationProfiler();
    try {
      const round = await steadyRound(workload, bounds);
      const operationNs = (round.elapsedMs * 1e6) / workload.concurrency;
      const bytes = await allocatedPerOperation(workload, operationNs, bounds.signal);
      if (bytes === 0) return { unavailable: 'It allocates nothing on the heap of V8.' };
      const interval = sampleInterval((bytes / operationNs) * 1e9);
      const sampling = { start: () => profiler.start(interval), stop: () => profiler.stop() };
      const { profile, overhead } = await under(sampling, workload, round, bounds);
      const samples = profile.samples.length;
      return { profile, interval, samples, overhead };
    } finally {
      profiler.close();
    }
  } catch (error) {
    return refusal(error);
  }
}

/** Whatever a function allocates, it is stopped equally often. A power of two. */
function sampleInterval(bytesPerSecond: number): number {
  const wanted = 2 ** Math.round(Math.log2(Math.max(1, bytesPerSecond / ALLOCATIONS_PER_SECOND)));
  return within(wanted, INTERVAL_BYTES);
}

/** The cost of a profiler in pairs of blocks, then a profile without a break. */
async function under<Profile>(
  profiler: Switched<Profile>,
  workload: Workload,
  { elapsedMs }: Round,
  { timeMs, batch, of, signal }: Bounds,
): Promise<{ profile: Profile; overhead: TakenProfile['overhead'] }> {
  const rounds = Math.max(1, Math.round(BLOCK_MS / elapsedMs));
  const pairs = Math.min(PAIRS, Math.floor(PAIRS_MS / (3 * rounds * elapsedMs)));
  const profiled = async <Result>(work: () => Promise<Result>): Promise<[Result, Profile]> => {
    await profiler.start();
    const result = await work();
    return [result, await profiler.stop()];
  };
  // Beforehand, in both ways: a profiler that has just begun lists all code on a thread of its own.
  const settling = Math.floor(rounds / 2);
  const plain = async () => {
    if (settling > 0) await timeOf(workload, settling);
    return timeIn[of](workload, rounds);
  };
  const other = async () => (await profiled(plain))[0];
  const overhead =
    pairs < FEWEST_PAIRS
      ? { unavailable: `One call takes ${(elapsedMs / 1000).toFixed(1)} s: too long for pairs of blocks.` }
      : overheadOf(await blockRatios(pairs - (pairs % 2), { plain, other }, signal), of);
  const lengthMs = within(3 * timeMs, PROFILE_MS);
  const [, profile] = await profiled(() =>
    sampleBatches(workload, { batch, timeMs: lengthMs, atLeast: 1, signal }),
  );
  return { profile, overhead };
}

/** Warms the workload up again, and gives the time of one round at the end of that. */
async function steadyRound(workload: Workload, { batch, of, signal }: Bounds): Promise<Round> {
  const batches = await sampleBatches(workload, { batch, timeMs: WARM_MS, atLeast: 2, signal });
  const lastHalf = batches.samples.slice(-Math.ceil(batches.samples.length / 2));
  const elapsedMs = busyRoundNs(workload, batches, median(lastHalf)) / 1e6;
  const rounds = Math.max(1, Math.round(BLOCK_MS / elapsedMs));
  return { elapsedMs, ownMs: (await timeIn[of](workload, rounds)) / rounds };
}

/** Hooks take CPU time that is not the work's; and on Windows it is read in steps of 16 ms. */
function cpuTimeIsOfTheWork({ hooks }: Workload): boolean {
  return process.platform !== 'win32' && !isTimedEach(hooks) && !hasBatchHooks(hooks);
}

/** V8 may refuse; whatever the measured code throws is passed on. */
function refusal(error: unknown): Unavailable {
  if (error instanceof MonitorError) return { unavailable: describeError(error) };
  throw error;
}

function within(value: number, { least, most }: { readonly least: number; readonly most: number }): number {
  return Math.min(most, Math.max(least, value));
}
