import { PerfAssertionError } from '../assert.js';
import { inFull } from '../expect-error.js';
import type { Outcome } from '../outcome.js';
import type { Subject } from '../subject.js';
import { type CollectableOptions, collectable } from './collectable.js';
import { type LeakageOptions, leakage } from './leakage.js';
import { type LeftoverOptions, watchLeftovers } from './leftovers.js';

/**
 * Asserts that a function, called again and again right here, or a probe of kind `leak`, leaves nothing behind.
 * Undecided fails unless `undecided` is `pass`.
 *
 * @param subject - One iteration, whose promise is awaited; or `probe(file, 'suite › name')`, which is measured in a
 *   fresh process.
 * @returns What was found.
 * @throws {PerfAssertionError} if it leaks, with what holds it as its message; {ExpectError} if it could not be found
 * out; whatever the function throws.
 *
 * Cost: see `leakage`.
 */
export async function expectNoLeak(
  subject: Subject | (() => unknown),
  options: LeakageOptions = {},
): Promise<Outcome> {
  const outcome = await inFull(async () => leakage(subject, options));
  const holds =
    outcome.state === 'refuted' || (outcome.state === 'undecided' && options.undecided === 'pass');
  if (!holds) throw new PerfAssertionError('expectNoLeak', outcome, 'refuted');
  return outcome;
}

/**
 * Asserts that an object is collected once whoever made it has let go of it.
 *
 * @param make - Makes the object; a promise that it returns is awaited. It is called once.
 * @returns What was found.
 * @throws {PerfAssertionError} if something holds the object, with the retaining path; {ExpectError} if it makes none;
 * whatever the function throws.
 *
 * Cost: see `collectable`.
 */
export async function expectCollectable(
  make: () => unknown,
  options: CollectableOptions = {},
): Promise<Outcome> {
  const outcome = await inFull(async () => collectable(make, options));
  if (outcome.state !== 'shown') throw new PerfAssertionError('expectCollectable', outcome, 'shown');
  return outcome;
}

/**
 * Fails a test file that leaves descriptors or handles open: call it at its top.
 *
 * @param after - Registers what is to run after the file's tests: `after` of `node:test`. What the file registers itself
 *   runs before, as far as it does so without waiting for anything.
 * @throws {ExpectError} `expect/option`. What it registers throws {PerfAssertionError}.
 */
export function failOnLeftovers(
  after: (check: () => Promise<void>) => void,
  options: LeftoverOptions = {},
): void {
  const check = leftoverCheck(options);
  // Hooks of node:test run in the order in which they are registered.
  queueMicrotask(() => after(check));
}

/** What `failOnLeftovers` runs at the end. @throws {ExpectError} `expect/option`. */
export function leftoverCheck(options: LeftoverOptions): () => Promise<void> {
  const end = watchLeftovers(options);
  return async () => {
    const outcome = await end();
    if (outcome.state === 'shown') throw new PerfAssertionError('failOnLeftovers', outcome, 'refuted');
  };
}
