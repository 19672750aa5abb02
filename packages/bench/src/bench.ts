import type { ParamSpace, Params, Probe } from '@perf/schema';
import { BenchError } from './bench-error.js';
import type { BenchFigures, BenchFixture, BenchOptions, PointOf } from './bench-options.js';
import { measureBench } from './measure-bench.js';

/**
 * A benchmark of a synchronous or asynchronous function, as a probe for a suite.
 *
 * Its measurement has the metrics `time` [ns per operation] and `heap` [bytes allocated per operation], which are
 * judged, and for context `cpu` and `gc` [ns per operation], `throughput` [1/s], `overhead_observation` and
 * `overhead_profiling` [ratio], and what the option `metrics` gives. The first two processes of a run also say where
 * time and memory went, as the artifacts `hotFunctions` and `allocationSites`. Nothing runs until the runner measures it.
 *
 * @param fn - What is measured. Gets what `setup` made; without `setup`, the parameters. A returned promise is awaited.
 * @throws {BenchError} if `fn` is no function or an option is out of range.
 */
export function bench<Input, const Space extends ParamSpace = Record<never, never>>(
  fn: (input: Input) => unknown,
  options: BenchOptions<Space> & BenchFixture<Input, Space> & BenchFigures<Input>,
): Probe;
export function bench<const Space extends ParamSpace = Record<never, never>>(
  fn: (params: PointOf<Space>) => unknown,
  options?: BenchOptions<Space> & BenchFigures<PointOf<Space>>,
): Probe;
export function bench<Input>(
  fn: (input: Input | Params) => unknown,
  options: BenchOptions & Partial<BenchFixture<Input>> & BenchFigures<Input | Params> = {},
): Probe {
  if (typeof fn !== 'function') {
    throw new BenchError('bench/not-a-function', 'bench() measures a function.', {
      seen: typeof fn,
      remedy: 'Write bench(() => …).',
    });
  }
  wholeNumber('concurrency', options.concurrency);
  if (options.metrics !== undefined && typeof options.metrics !== 'function') {
    refuse('metrics', options.metrics, 'a function that returns metrics by name');
  }
  positive('timeMs', options.timeMs);
  positive('deadlineMs', options.deadlineMs);
  if (options.warmupMs !== 0) positive('warmupMs', options.warmupMs);
  return {
    kind: 'bench',
    params: options.params ?? {},
    ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }),
    measure: (context) => measureBench(fn, options, context),
  };
}

/** Timers of Node.js overflow above 24.8 days; nothing here needs a day. */
const DAY_MS = 86_400_000;

function wholeNumber(name: string, value: number | undefined): void {
  if (value !== undefined && !(Number.isInteger(value) && value >= 1))
    refuse(name, value, 'a whole number from 1');
}

function positive(name: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0 && value <= DAY_MS)) {
    refuse(name, value, 'a number above 0 and at most a day (86,400,000)');
  }
}

function refuse(name: string, value: unknown, wanted: string): never {
  throw new BenchError('bench/option', `The option "${name}" of bench() is ${String(value)}.`, {
    seen: value,
    remedy: `Give ${wanted}.`,
  });
}
