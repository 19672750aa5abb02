import type { MatcherState } from 'vitest';
import { type AllocationOptions, allocatesAtMost } from './allocates-at-most.js';
import type { EffortOptions } from './effort.js';
import { inFull } from './expect-error.js';
import { type FasterOptions, fasterThan } from './faster-than.js';
import { givenOther, givenSubject } from './given-subject.js';
import { type CollectableOptions, collectable } from './leaks/collectable.js';
import { type LeakageOptions, leakage } from './leaks/leakage.js';
import type { Outcome, WhenUndecided } from './outcome.js';
import type { Bytes } from './quantities.js';
import { type RegressionOptions, regression } from './regression.js';
import type { Subject } from './subject.js';

interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/**
 * The matchers as `expect.extend` takes them; importing `@perf/expect/vitest` does that.
 *
 * A claim has to be shown, and its reverse by `.not` as well: where neither is, `undecided` says what happens.
 */
export const matchers = {
  async toBeFasterThan(
    this: MatcherState,
    received: unknown,
    other: Subject | string,
    options: FasterOptions = {},
  ): Promise<MatcherResult> {
    const subject = await inFull(async () => givenSubject(received, this.testPath));
    const outcome = await inFull(async () =>
      fasterThan(subject, givenOther(subject, other, this.testPath), { ...ofTest(this), ...options }),
    );
    return await resultOf(this, outcome, options.undecided ?? 'fail');
  },

  async toAllocateAtMost(
    this: MatcherState,
    received: unknown,
    bytes: Bytes,
    options: AllocationOptions = {},
  ): Promise<MatcherResult> {
    const outcome = await inFull(async () =>
      allocatesAtMost(givenSubject(received, this.testPath), bytes, { ...ofTest(this), ...options }),
    );
    return await resultOf(this, outcome, options.undecided ?? 'fail');
  },

  async toRegress(
    this: MatcherState,
    received: unknown,
    options: RegressionOptions = {},
  ): Promise<MatcherResult> {
    const outcome = await inFull(async () =>
      regression(givenSubject(received, this.testPath), { ...ofTest(this), ...options }),
    );
    return await resultOf(this, outcome, options.undecided ?? (this.isNot ? 'pass' : 'fail'));
  },

  async toLeak(this: MatcherState, received: unknown, options: LeakageOptions = {}): Promise<MatcherResult> {
    const outcome = await inFull(async () => {
      const isFunction = typeof received === 'function';
      const subject = isFunction ? (received as () => unknown) : givenSubject(received, this.testPath);
      return leakage(subject, { ...ofTest(this), ...options });
    });
    return await resultOf(this, outcome, options.undecided ?? 'fail');
  },

  async toBeCollectable(
    this: MatcherState,
    received: unknown,
    options: CollectableOptions = {},
  ): Promise<MatcherResult> {
    const make = received as () => unknown;
    const outcome = await inFull(async () => collectable(make, { ...ofTest(this), ...options }));
    return await resultOf(this, outcome, 'fail');
  },
};

/** What the running test has to say about effort: when to give up, and how much time is left. */
function ofTest({ task }: MatcherState): Pick<EffortOptions, 'signal' | 'within'> {
  if (task === undefined) return {};
  const { timeout, result, context } = task;
  const limited = timeout > 0 && Number.isFinite(timeout);
  const spentMs = result?.startTime === undefined ? 0 : Date.now() - result.startTime;
  return {
    signal: context.signal,
    ...(limited && { within: `${Math.max(1, Math.round(timeout - spentMs))}ms` }),
  };
}

/** A pass without proof is noted on the test, where reporters show it. */
async function resultOf(
  { isNot, task }: MatcherState,
  { state, explanation }: Outcome,
  undecided: NonNullable<WhenUndecided['undecided']>,
): Promise<MatcherResult> {
  const message = () => explanation;
  if (state === 'shown' || state === 'refuted') return { pass: state === 'shown', message };
  const holds = state === 'no-baseline' || undecided === 'pass';
  if (holds) await task?.context.annotate(explanation, 'perfkit');
  // Vitest leaves `isNot` undefined where there is no `.not`, whatever its type says.
  return { pass: isNot ? !holds : holds, message };
}
