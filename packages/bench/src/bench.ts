import type { ParamSpace, Params, Probe } from '@perf/schema';
import { BenchError } from './bench-error.js';
import type { BenchFixture, BenchOptions, PointOf } from './bench-options.js';
import { measureBench } from './measure-bench.js';

/**
 * A benchmark of a synchronous or asynchronous function, as a probe for a suite.
 *
 * Its measurement has the metrics `time` [ns per operation] and `heap` [bytes allocated per operation], which are
 * judged, and `cpu` and `gc` [ns per operation] for context. Nothing runs until the runner measures it.
 *
 * @param fn - What is measured. Gets what `setup` made; without `setup`, the parameters. A returned promise is awaited.
 * @throws {BenchError} if `fn` is no function or an option is out of range.
 */
export function bench<Input, const Space extends ParamSpace = Record<never, never>>(
  fn: (input: Input) => unknown,
  options: BenchOptions<Space> & BenchFixture<Input, Space>,
): Probe;
export function bench<const Space extends ParamSpace = Record<never, never>>(
  fn: (params: PointOf<Space>) => unknown,
  options?: BenchOptions<Space>,
): Probe;
export function bench<Input>(
  fn: (input: Input | Params) => unknown,
  options: BenchOptions & Partial<BenchFixture<Input>> = {},
): Probe {
  if (typeof fn !== 'function') {
    throw new BenchError('bench/not-a-function', 'bench() measures a function.', {
      seen: typeof fn,
      remedy: 'Write bench(() => …).',
    });
  }
  wholeNumber('concurrency', options.concurrency);
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

function refuse(name: string, value: number, wanted: string): never {
  throw new BenchError('bench/option', `The option "${name}" of bench() is ${value}.`, {
    seen: value,
    remedy: `Give ${wanted}.`,
  });
}
