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
export type { Outcome, OutcomeState, WhenUndecided } from './outcome.js';
export type { Bytes, Duration, Lead, Share } from './quantities.js';
export type { RegressionOptions } from './regression.js';
export { regression } from './regression.js';
export type { FunctionOptions, FunctionSubject, ProbeSubject, Subject } from './subject.js';
export { fn, probe } from './subject.js';
