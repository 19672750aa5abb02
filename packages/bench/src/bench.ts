import type { ParamSpace, Params, Probe } from '@perf/schema';
import { BenchError } from './bench-error.js';
import type {
  AllBenchOptions,
  BenchFigures,
  BenchFixture,
  BenchHooks,
  BenchOptions,
  PointOf,
} from './bench-options.js';
import { checkOptions } from './check-options.js';
import { openBench } from './live-bench.js';
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
  options: BenchOptions<Space> & BenchFixture<Input, Space> & BenchHooks<Input> & BenchFigures<Input>,
): Probe;
export function bench<const Space extends ParamSpace = Record<never, never>>(
  fn: (params: PointOf<Space>) => unknown,
  options?: BenchOptions<Space> & BenchHooks<PointOf<Space>> & BenchFigures<PointOf<Space>>,
): Probe;
export function bench<Input>(
  fn: (input: Input | Params) => unknown,
  options: AllBenchOptions<Input> = {},
): Probe {
  if (typeof fn !== 'function') {
    throw new BenchError('bench/not-a-function', 'bench() measures a function.', {
      seen: typeof fn,
      remedy: 'Write bench(() => …).',
    });
  }
  checkOptions(options);
  return {
    kind: 'bench',
    params: options.params ?? {},
    ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }),
    ...(options.tags !== undefined && { tags: options.tags }),
    measure: (context) => measureBench(fn, options, context),
    open: (context) => openBench(fn, options, context),
    profile: async (context) => {
      const { profileBench } = await import('./profile-bench.js');
      return profileBench(fn, options, context);
    },
  };
}
