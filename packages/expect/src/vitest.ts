import { expect } from 'vitest';
import type { AllocationOptions } from './allocates-at-most.js';
import type { FasterOptions } from './faster-than.js';
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
  }
}

expect.extend(matchers);
