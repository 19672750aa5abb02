import { AssertionError } from 'node:assert';
import { type AllocationOptions, allocatesAtMost } from './allocates-at-most.js';
import { inFull } from './expect-error.js';
import { type FasterOptions, fasterThan } from './faster-than.js';
import { givenOther, givenSubject } from './given-subject.js';
import type { Outcome } from './outcome.js';
import type { Bytes } from './quantities.js';
import { type RegressionOptions, regression } from './regression.js';
import type { Subject } from './subject.js';

/** An expectation that did not hold. Its message is the whole explanation. */
export class PerfAssertionError extends AssertionError {
  readonly outcome: Outcome;

  constructor(operator: string, outcome: Outcome, expected: string) {
    super({ message: outcome.explanation, operator, actual: outcome.state, expected });
    this.outcome = outcome;
  }
}

/**
 * Asserts that a subject is shown to be faster than another one. Undecided fails unless `undecided` is `pass`.
 *
 * @param other - A subject; or the title of another probe in the subject's file, or another export of its module, which
 *   is called with the same arguments.
 * @returns What was found, with its explanation: `t.diagnostic(outcome.explanation)`.
 * @throws {PerfAssertionError} if it does not hold; {ExpectError} if it could not be measured.
 *
 * Cost: see `fasterThan`.
 */
export async function assertFasterThan(
  subject: Subject,
  other: Subject | string,
  options: FasterOptions = {},
): Promise<Outcome> {
  const outcome = await inFull(async () => {
    const one = givenSubject(subject);
    return fasterThan(one, givenOther(one, other), options);
  });
  const holds = outcome.state === 'shown' || (outcome.state === 'undecided' && options.undecided === 'pass');
  if (!holds) throw new PerfAssertionError('assertFasterThan', outcome, 'shown');
  return outcome;
}

/**
 * Asserts that a subject is shown to allocate at most so many bytes per operation. Undecided fails unless `undecided`
 * is `pass`.
 *
 * @returns What was found.
 * @throws {PerfAssertionError} if it does not hold; {ExpectError} if it could not be measured.
 *
 * Cost: see `allocatesAtMost`.
 */
export async function assertAllocatesAtMost(
  subject: Subject,
  bytes: Bytes,
  options: AllocationOptions = {},
): Promise<Outcome> {
  const outcome = await inFull(async () => allocatesAtMost(givenSubject(subject), bytes, options));
  const holds = outcome.state === 'shown' || (outcome.state === 'undecided' && options.undecided === 'pass');
  if (!holds) throw new PerfAssertionError('assertAllocatesAtMost', outcome, 'shown');
  return outcome;
}

/**
 * Asserts that a probe is not shown to have regressed against the stored baseline. Undecided passes unless `undecided`
 * is `fail`: look at `state` of what it returns.
 *
 * @returns What was found.
 * @throws {PerfAssertionError} if it regressed; {ExpectError} if there is no baseline or it could not be measured.
 *
 * Cost: see `regression`.
 */
export async function assertNoRegression(
  subject: Subject,
  options: RegressionOptions = {},
): Promise<Outcome> {
  const outcome = await inFull(async () => regression(givenSubject(subject), options));
  const fails = outcome.state === 'shown' || (outcome.state === 'undecided' && options.undecided === 'fail');
  if (fails) throw new PerfAssertionError('assertNoRegression', outcome, 'refuted');
  return outcome;
}
