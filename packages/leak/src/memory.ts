import { profileWork } from '@perf/monitor';
import type { ParamSpace, Params, Probe } from '@perf/schema';
import { duration, requireFunction, wholeNumber } from './check-options.js';
import type { Fixture, PointOf } from './leak-options.js';
import { measureMemory } from './measure-memory.js';
import type { MemoryOptions } from './memory-options.js';
import { SAMPLES_ITSELF } from './samples-itself.js';

/**
 * A memory profile of a function, as a probe for a suite: what each operation allocates, and where.
 *
 * Its measurement has the metric `heap` [bytes allocated per operation], which is judged, `heap_peak` and `rss_peak`
 * [bytes] for context, and the artifact `allocationSites`: functions by file and line, most bytes first. Nothing runs
 * until the runner measures it.
 *
 * @param fn - One operation. Gets what `setup` made; without `setup`, the parameters. A returned promise is awaited.
 * @throws {LeakError} `leak/not-a-function`; `leak/option` if an option is out of range.
 */
export function memory<Input, const Space extends ParamSpace = Record<never, never>>(
  fn: (input: Input) => unknown,
  options: MemoryOptions<Space> & Fixture<Input, Space>,
): Probe;
export function memory<const Space extends ParamSpace = Record<never, never>>(
  fn: (params: PointOf<Space>) => unknown,
  options?: MemoryOptions<Space>,
): Probe;
export function memory<Input>(
  fn: (input: Input | Params) => unknown,
  options: MemoryOptions & Partial<Fixture<Input>> = {},
): Probe {
  requireFunction('memory', fn);
  duration('timeMs', options.timeMs);
  duration('deadlineMs', options.deadlineMs);
  wholeNumber('top', options.top, 1);
  return {
    kind: 'memory',
    params: options.params ?? {},
    ...(options.deadlineMs !== undefined && { deadlineMs: options.deadlineMs }),
    ...(options.tags !== undefined && { tags: options.tags }),
    measure: (context) => measureMemory(fn, options, context),
    profile: (context) => profileWork(() => measureMemory(fn, options, context), { noHeap: SAMPLES_ITSELF }),
  };
}
