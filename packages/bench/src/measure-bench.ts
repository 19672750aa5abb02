import { performance } from 'node:perf_hooks';
import { watch } from '@perf/monitor';
import {
  type Measurement,
  type Metric,
  measurementOf,
  type Params,
  type ProbeContext,
  type Warning,
} from '@perf/schema/core';
import { median } from '@perf/stats';
import { allocatedPerOperation } from './allocation.js';
import type { BenchFigures, BenchFixture, BenchOptions } from './bench-options.js';
import { timesOf } from './budget.js';
import { collectGarbage } from './collect-garbage.js';
import { customMetrics, ownMetrics } from './custom-metrics.js';
import { observationOverhead } from './overhead.js';
import { type Profiles, profile } from './profiles.js';
import { type Batches, sampleBatches } from './sample-batches.js';
import { warmUp } from './warm-up.js';
import { workloadOf } from './workload.js';

/** So many samples are taken even after the time is up: slow functions still get a distribution. */
const MIN_SAMPLES = 5;
/** Smallest thing that V8 allocates [bytes]: below it, allocation is none, or shared by many operations. */
const SMALLEST_OBJECT = 16;
/** Fewer samples than this make a rough distribution; the median of a process still counts. */
const FEW_SAMPLES = 20;
/** So many processes of a run are profiled: one more than one, in case it dies. */
const PROFILED_PROCESSES = 2;

/**
 * Measures one benchmark in this process: set-up, warm-up, samples under observation, allocation; and when all of that
 * is over, the figures of its own, what observing cost, profiles, teardown.
 *
 * Rejects with whatever the measured function or its fixture throws; teardown runs all the same.
 */
export async function measureBench<Input>(
  fn: (input: Input | Params) => unknown,
  options: BenchOptions & Partial<BenchFixture<Input>> & BenchFigures<Input | Params>,
  context: ProbeContext,
): Promise<Measurement> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const { params } = context.probe;
  const input = options.setup === undefined ? params : await options.setup(params);
  try {
    const workload = await workloadOf(fn, input, options.concurrency ?? 1);
    const { signal } = context;
    const { timeMs, warmupMs } = timesOf(options, context.budget);
    const warm = await warmUp(workload, warmupMs, signal);
    collectGarbage();
    const watching = watch();
    const batches = await sampleBatches(workload, {
      batch: warm.batch,
      timeMs,
      atLeast: MIN_SAMPLES,
      signal,
    });
    const resources = await watching.stop();
    const time = median(batches.samples);
    const heap = await allocatedPerOperation(workload, time, signal);
    const custom = options.metrics === undefined ? [] : customMetrics(await options.metrics(input));
    const pace = { batch: warm.batch, roundNs: time * workload.concurrency };
    const observation = await observationOverhead(workload, pace, signal);
    const profiled: Profiles =
      context.processIndex < PROFILED_PROCESSES
        ? await profile(workload, { ...pace, heap, timeMs, deadline: context.deadline, signal })
        : { artifacts: {}, warnings: [] };
    return measurementOf({
      probe: context.probe,
      process: { index: context.processIndex, pid: process.pid },
      startedAt,
      elapsed: Math.round((performance.now() - started) * 1e6),
      seed: context.seed,
      status: 'ok',
      metrics: [
        {
          ...judged(ownMetrics.time, 'ns', time),
          samples: batches.samples,
          batch: warm.batch * workload.concurrency,
        },
        { ...judged(ownMetrics.heap, 'bytes', heap), resolution: SMALLEST_OBJECT },
        ...contextMetrics(resources, batches.operations),
        throughputOf(batches),
        ...overheads({ observation, profiling: profiled.overhead }),
        ...custom,
      ],
      resources,
      warnings: [...warningsOf(warm.steady, batches), ...profiled.warnings],
      artifacts: profiled.artifacts,
    });
  } finally {
    if (options.setup !== undefined) await options.teardown?.(input as Input);
  }
}

function judged(name: string, unit: Metric['unit'], value: number): Metric {
  return { name, unit, better: 'lower', value, judged: true };
}

/** CPU time of all threads and pauses of the collector, per operation. Shown, not judged: both come in coarse steps. */
function contextMetrics(resources: Measurement['resources'], operations: number): Metric[] {
  const sums = { [ownMetrics.cpu]: ['cpuUser', 'cpuSystem'], [ownMetrics.gc]: ['gcTime'] };
  return Object.entries(sums).flatMap(([name, parts]) => {
    const values = parts
      .map((part) => resources[part])
      .map((part) => (part && 'value' in part ? part.value : Number.NaN));
    const value = values.reduce((sum, part) => sum + part, 0) / operations;
    return Number.isFinite(value)
      ? [{ name, unit: 'ns', better: 'lower', value, judged: false } as const]
      : [];
  });
}

/** Operations for each second of sampling: of the mean, where `time` is the median. Samples resolve a picosecond. */
function throughputOf({ samples }: Batches): Metric {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return {
    name: ownMetrics.throughput,
    unit: '1/s',
    better: 'higher',
    value: 1e9 / Math.max(mean, 0.001),
    judged: false,
  };
}

/** What perfkit itself costs, as far as it could be measured. */
function overheads(values: Record<'observation' | 'profiling', number | undefined>): Metric[] {
  return (['observation', 'profiling'] as const).flatMap((part) => {
    const value = values[part];
    return value === undefined
      ? []
      : [{ name: ownMetrics[part], unit: 'ratio', better: 'lower', value, judged: false } as const];
  });
}

function warningsOf(steady: boolean, { samples }: Batches): Warning[] {
  const warnings: Warning[] = [];
  if (!steady) {
    warnings.push({
      code: 'bench/not-steady',
      message:
        'Its speed still changed when the warm-up was over: give it a longer warm-up (warmupMs of bench(), or warmup in perf.config.yaml), or a quieter machine.',
    });
  }
  if (samples.length < FEW_SAMPLES) {
    warnings.push({
      code: 'bench/few-samples',
      message: `Fewer than ${FEW_SAMPLES} samples a process: give it more time (timeMs of bench(), time in perf.config.yaml, or --time).`,
    });
  }
  return warnings;
}
