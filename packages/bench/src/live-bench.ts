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
import { timeBatch } from './time-batch.js';
import { workloadOf } from './workload.js';

/**
 * A benchmark that is set up and runs batches whenever it is told to: one side of a comparison in turns.
 *
 * Its measurement has `time`, `heap`, `cpu`, `gc` and the figures of its own; what only one variant for itself needs
 * (profiles, what observing costs) is left to `measure`.
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
      async finish(batches: Batches): Promise<Measurement> {
        const resources = await watching.stop();
        const perBatch = batches.rounds * workload.concurrency;
        const samples = batches.times.map((time) => time / perBatch);
        const time = median(samples);
        const heap = await allocatedPerOperation(workload, time, context.signal);
        const custom = options.metrics === undefined ? [] : customMetrics(await options.metrics(input));
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
          resources,
        });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
