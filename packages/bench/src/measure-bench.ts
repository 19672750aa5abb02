import { performance } from 'node:perf_hooks';
import { type Measurement, measurementOf, type Params, type ProbeContext } from '@perf/schema/core';
import { allocatedPerOperation } from './allocation.js';
import { amountMetrics } from './amounts.js';
import { benchMetrics, throughputOf } from './bench-metrics.js';
import type { AllBenchOptions } from './bench-options.js';
import { benchWarnings } from './bench-warnings.js';
import { timesOf } from './budget.js';
import { customMetrics } from './custom-metrics.js';
import { emptyCosts } from './empty-costs.js';
import { observationOverhead } from './overhead.js';
import { type Profiles, profile } from './profiles.js';
import { busyRoundNs } from './sample-batches.js';
import { takeSamples } from './take-samples.js';
import { workloadOf } from './workload.js';

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
  options: AllBenchOptions<Input>,
  context: ProbeContext,
): Promise<Measurement> {
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const { params } = context.probe;
  const input = options.setup === undefined ? params : await options.setup(params);
  try {
    const { signal, deadline } = context;
    const times = timesOf(options, context.budget);
    const workload = await workloadOf(fn, input, options);
    const sampled = await takeSamples(workload, times, signal);
    const { batches, warm, time } = sampled;
    const heap = await allocatedPerOperation(workload, time, signal);
    const custom = options.metrics === undefined ? [] : customMetrics(await options.metrics(input));
    const pace = { batch: warm.batch, roundNs: busyRoundNs(workload, batches, time) };
    const observation = await observationOverhead(workload, pace, signal);
    const empty = await emptyCosts(workload);
    const profiled: Profiles =
      context.processIndex < PROFILED_PROCESSES
        ? await profile(workload, { ...pace, heap, timeMs: times.timeMs, deadline, signal })
        : { artifacts: {}, warnings: [] };
    const steadiness = warm.history.steadiness();
    return measurementOf({
      probe: context.probe,
      process: { index: context.processIndex, pid: process.pid },
      startedAt,
      elapsed: Math.round((performance.now() - started) * 1e6),
      seed: context.seed,
      status: 'ok',
      metrics: [
        ...benchMetrics({ ...sampled, heap, empty, observation, profiling: profiled.overhead }),
        ...amountMetrics(options, params, throughputOf(batches)),
        ...custom,
      ],
      resources: sampled.resources,
      warnings: [...benchWarnings({ ...sampled, workload, steadiness, empty }), ...profiled.warnings],
      artifacts: {
        ...profiled.artifacts,
        ...(steadiness !== undefined && { warmUp: { ...steadiness, samplesFrom: sampled.before } }),
      },
    });
  } finally {
    if (options.setup !== undefined) await options.teardown?.(input as Input);
  }
}
