import { afterAll, expect } from 'vitest';
import type { AllocationOptions } from './allocates-at-most.js';
import type { FasterOptions } from './faster-than.js';
import type { CollectableOptions } from './leaks/collectable.js';
import { leftoverCheck } from './leaks/expectations.js';
import type { LeakageOptions } from './leaks/leakage.js';
import { type LeftoverOptions, settleOf } from './leaks/leftovers.js';
import { matchers } from './matchers.js';
import type { Bytes } from './quantities.js';
import type { RegressionOptions } from './regression.js';
import type { Subject } from './subject.js';

export { fn, probe } from './subject.js';

declare module 'vitest' {
  interface Matchers<T> {
    /**
     * The subject is shown to be faster than another one, in fresh processes of both, interleaved.
     *
     * @param other - A subject, or another probe of the same file: `'suite › name'`.
     */
    toBeFasterThan(other: Subject | string, options?: FasterOptions): Promise<void>;
    /** The subject is shown to allocate at most so many bytes per operation on V8's heap. */
    toAllocateAtMost(bytes: Bytes, options?: AllocationOptions): Promise<void>;
    /**
     * The probe regressed against the stored baseline; mostly used as `.not.toRegress()`, which also passes while it is
     * undecided, unless `undecided` is `fail`.
     */
    toRegress(options?: RegressionOptions): Promise<void>;
    /**
     * The function, called again and again right here, or the probe, measured in a fresh process, leaves something behind;
     * mostly used as `.not.toLeak()`.
     */
    toLeak(options?: LeakageOptions): Promise<void>;
    /** What the function makes, or its promise gives, is collected once nothing but this knows it. */
    toBeCollectable(options?: CollectableOptions): Promise<void>;
  }
}

expect.extend(matchers);

/** Longer than the check itself ever takes beside its waiting [ms]. */
const CHECK_MS = 10_000;

/**
 * Fails a test file that leaves descriptors or handles open: call it at the top of the file, or of one of `setupFiles`.
 *
 * @throws {ExpectError} `expect/option`.
 */
export function failOnLeftovers(options: LeftoverOptions = {}): void {
  afterAll(leftoverCheck(options), settleOf(options) + CHECK_MS);
}
