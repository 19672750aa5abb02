import { performance } from 'node:perf_hooks';
import { setImmediate as loopTurn } from 'node:timers/promises';
import { collectGarbage, profileAllocations } from '@perf/monitor';
import {
  type AllocationSite,
  describeError,
  type Measurement,
  type Metric,
  measurementOf,
  type Params,
  PerfError,
  type ProbeContext,
  type Warning,
} from '@perf/schema/core';
import type { Fixture } from './leak-options.js';
import type { MemoryOptions } from './memory-options.js';
import { allocatedBytes } from './profile/allocated-bytes.js';
import { callTimes } from './profile/call-times.js';
import { iterate } from './subject/iterate.js';

/** Smallest thing that V8 allocates [bytes]: below it, allocation is none, or shared by many operations. */
const SMALLEST_OBJECT = 16;
/** Warming up makes the code that is measured the optimised one, which may allocate less. */
const WARM_CALLS = 1_000_000;
const TOP = 20;
/** Time between turns of the event loop while profiling [ms]. */
const BATCH_MS = 10;

/**
 * Profiles the allocations of a function in this process: set-up, warm-up, bytes per operation, sites, teardown.
 *
 * Rejects with whatever the measured function or its fixture throws; teardown runs all the same.
 */
export async function measureMemory<Input>(
  fn: (input: Input | Params) => unknown,
  options: MemoryOptions & Partial<Fixture<Input>>,
  context: ProbeContext,
): Promise<Measurement> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const { signal, budget, probe } = context;
  const input = options.setup === undefined ? probe.params : await options.setup(probe.params);
  try {
    const call = () => fn(input);
    const warmFrom = performance.now();
    const warm = await iterate(call, WARM_CALLS, { untilMs: warmFrom + budget.warmupMs, signal });
    const callMs = (performance.now() - warmFrom) / warm;
    collectGarbage();
    const timeMs = options.timeMs ?? budget.timeMs;
    const untilMs = performance.now() + timeMs / 2;
    const { perCall, heapPeak } = await allocatedBytes(call, { callMs, untilMs, signal });
    const { sites, warnings } = await sitesOf(call, {
      callMs,
      timeMs: timeMs / 2,
      top: options.top ?? TOP,
      signal,
    });
    return measurementOf({
      probe,
      process: { index: context.processIndex, pid: process.pid },
      startedAt,
      elapsed: Math.round((performance.now() - started) * 1e6),
      seed: context.seed,
      status: 'ok',
      metrics: [
        { ...bytes('heap', perCall), judged: true, resolution: SMALLEST_OBJECT },
        bytes('heap_peak', heapPeak),
        bytes('rss_peak', process.resourceUsage().maxRSS * 1024),
      ],
      warnings,
      artifacts: { allocationSites: sites },
    });
  } finally {
    if (options.setup !== undefined) await options.teardown?.(input as Input);
  }
}

async function sitesOf(
  call: () => unknown,
  { callMs, timeMs, top, signal }: { callMs: number; timeMs: number; top: number; signal: AbortSignal },
): Promise<{ sites: AllocationSite[]; warnings: Warning[] }> {
  let operations = 0;
  const batch = Math.max(1, Math.floor(BATCH_MS / Math.max(callMs, 1e-6)));
  const run = async () => {
    const untilMs = performance.now() + timeMs;
    do {
      signal.throwIfAborted();
      await callTimes(call, batch);
      operations += batch;
      await loopTurn();
    } while (performance.now() < untilMs);
  };
  try {
    const { sites } = await profileAllocations(run, { top });
    return {
      sites: sites.map(({ bytes: all, ...site }) => ({ ...site, bytesPerOperation: all / operations })),
      warnings: [],
    };
  } catch (error) {
    // What the profiled function throws is no error of the profiler's: it ends the measurement.
    if (!(error instanceof PerfError && error.code === 'monitor/inspector')) throw error;
    return { sites: [], warnings: [{ code: 'memory/no-sites', message: describeError(error) }] };
  }
}

function bytes(name: string, value: number): Metric {
  return { name, unit: 'bytes', better: 'lower', value, judged: false };
}
