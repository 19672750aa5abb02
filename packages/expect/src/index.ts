export type { AllocationOptions } from './allocates-at-most.js';
export { allocatesAtMost } from './allocates-at-most.js';
export {
  assertAllocatesAtMost,
  assertFasterThan,
  assertNoRegression,
  PerfAssertionError,
} from './assert.js';
export type { BaselineOptions } from './baseline.js';
export type { EffortOptions } from './effort.js';
export { ExpectError } from './expect-error.js';
export type { FasterOptions } from './faster-than.js';
export { fasterThan } from './faster-than.js';
export type { CollectableOptions } from './leaks/collectable.js';
export { collectable } from './leaks/collectable.js';
export { expectCollectable, expectNoLeak, failOnLeftovers } from './leaks/expectations.js';
export type { LeakEvidence, LeakResource } from './leaks/leak-evidence.js';
export type { LeakageOptions } from './leaks/leakage.js';
export { leakage } from './leaks/leakage.js';
export type { LeftoverOptions } from './leaks/leftovers.js';
export { watchLeftovers } from './leaks/leftovers.js';
export type { Outcome, OutcomeState, WhenUndecided } from './outcome.js';
export type { Bytes, Duration, Lead, Share } from './quantities.js';
export type { RegressionOptions } from './regression.js';
export { regression } from './regression.js';
export type { FunctionOptions, FunctionSubject, ProbeSubject, Subject } from './subject.js';
export { fn, probe } from './subject.js';
