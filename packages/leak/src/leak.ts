import { profileWork } from '@perf/monitor';
import type { ParamSpace, Params, Probe } from '@perf/schema';
import { checkHunt } from './check-hunt.js';
import { duration, requireFunction } from './check-options.js';
import type { LeakFixture, LeakOptions, PointOf } from './leak-options.js';
import { measureLeak } from './measure-leak.js';
import { SAMPLES_ITSELF } from './samples-itself.js';

/** A hunt limits itself; snapshots of a large heap on a busy machine are what takes long [ms]. */
const DEADLINE_MS = 180_000;

/**
 * A leak hunt: runs a function again and again and says whether each run leaves something behind, as a probe for a
 * suite.
 *
 * Its measurement has a finding of kind `leak` for heap, external memory, native memory, descriptors and handles, the
 * growth per iteration of each as metrics, which are not judged, and all readings as the artifact `growth`. Nothing
 * runs until the runner measures it.
 *
 * @param fn - One iteration: whatever it opens it should close. Gets what `setup` made; without `setup`, the
 * parameters. A returned promise is awaited.
 * @throws {LeakError} `leak/not-a-function`; `leak/option` if an option is out of range.
 */
export function leak<Input, const Space extends ParamSpace = Record<never, never>>(
  fn: (input: Input) => unknown,
  options: LeakOptions<Space> & LeakFixture<Input, Space>,
): Probe;
export function leak<const Space extends ParamSpace = Record<never, never>>(
  fn: (params: PointOf<Space>) => unknown,
  options?: LeakOptions<Space>,
): Probe;
export function leak<Input>(
  fn: (input: Input | Params) => unknown,
  options: LeakOptions & Partial<LeakFixture<Input>> = {},
): Probe {
  requireFunction('leak', fn);
  checkHunt(options);
  duration('deadlineMs', options.deadlineMs);
  return {
    kind: 'leak',
    params: options.params ?? {},
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    ...(options.tags !== undefined && { tags: options.tags }),
    measure: (context) => measureLeak(fn, options, context),
    profile: (context) => profileWork(() => measureLeak(fn, options, context), { noHeap: SAMPLES_ITSELF }),
  };
}
