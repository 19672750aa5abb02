import { performance } from 'node:perf_hooks';
import { watch } from '@perf/monitor';
import {
  type Batches,
  type LiveProbe,
  type Measurement,
  measurementOf,
  type Params,
  type ProbeContext,
} from '@perf/schema/core';
import { median } from '@perf/stats';
import { allocatedPerOperation } from './allocation.js';
import { costMetrics, heapMetric, timeMetric } from './bench-metrics.js';
import type { AllBenchOptions } from './bench-options.js';
import { customMetrics } from './custom-metrics.js';
import { type Profiles, profile } from './profiles.js';
import { timeBatch } from './time-batch.js';
import { workloadOf } from './workload.js';

/**
 * A benchmark that is set up and runs batches whenever it is told to: one side of a comparison in turns.
 *
 * Its measurement has `time`, `heap`, `cpu`, `gc`, the figures of its own and, if asked for, profiles; what only one
 * variant for itself needs, such as what observing costs, is left to `measure`.
 *
 * Rejects with whatever the measured function or its fixture throws.
 */
export async function openBench<Input>(
  fn: (input: Input | Params) => unknown,
  options: AllBenchOptions<Input>,
  context: ProbeContext,
): Promise<LiveProbe> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const { params } = context.probe;
  const input = options.setup === undefined ? params : await options.setup(params);
  const close = async () => {
    if (options.setup !== undefined) await options.teardown?.(input as Input);
  };
  try {
    const workload = await workloadOf(fn, input, options);
    const watching = watch();
    let rounds = 0;
    return {
      operations: workload.concurrency,
      run(count) {
        rounds += count;
        return timeBatch(workload, count);
      },
      async finish(batches: Batches, profiled = false): Promise<Measurement> {
        const resources = await watching.stop();
        const perBatch = batches.rounds * workload.concurrency;
        const samples = batches.times.map((time) => time / perBatch);
        const time = median(samples);
        const heap = await allocatedPerOperation(workload, time, context.signal);
        const custom = options.metrics === undefined ? [] : customMetrics(await options.metrics(input));
        const profiles: Profiles = profiled
          ? await profile(workload, {
              batch: batches.rounds,
              roundNs: time * workload.concurrency,
              heap,
              // Whoever asks for a profile has the time for it.
              timeMs: Number.POSITIVE_INFINITY,
              deadline: context.deadline,
              signal: context.signal,
            })
          : { artifacts: {}, warnings: [] };
        return measurementOf({
          probe: context.probe,
          process: { index: context.processIndex, pid: process.pid },
          startedAt,
          elapsed: Math.round((performance.now() - started) * 1e6),
          seed: context.seed,
          status: 'ok',
          metrics: [
            timeMetric(time, samples, perBatch),
            heapMetric(heap),
            ...costMetrics(resources, 1 / (rounds * workload.concurrency)),
            ...custom,
          ],
          resources: withoutEventLoop(resources),
          warnings: profiles.warnings,
          artifacts: profiles.artifacts,
        });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** While the other side has its turn this event loop stands still: how late it was says nothing of the code. */
function withoutEventLoop(resources: Measurement['resources']): Measurement['resources'] {
  return Object.fromEntries(Object.entries(resources).filter(([name]) => !name.startsWith('eventLoop')));
}
