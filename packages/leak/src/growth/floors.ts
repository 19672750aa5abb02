import type { HeldResource } from '../held/read-held.js';

/** What growth must exceed to be called a leak. */
export interface Floor {
  /** Growth per iteration: bytes, or a number. */
  readonly perIteration: number;
  /** Growth over all blocks together: what the instrument itself, or a process that comes to rest, may gain. */
  readonly total: number;
}

const KIB = 1024;
/** A reference on the V8 heap [bytes]: the least that each iteration must leave behind if it leaves anything. */
const REFERENCE_BYTES = 8;

/**
 * The floors by resource.
 *
 * heap: two pages of V8's heap (512 KiB): a cold server gains some 430 KiB of compiled code in its first requests.
 * external: eight of the 8 KiB slabs that `Buffer` pools small buffers in.
 * rss: the resident memory beyond V8's heap of programs that leak nothing moves by up to 1 MiB in a minute; four times
 * that. fd and handle: pools of connections open a few and keep them, so more than 16; one in a hundred iterations.
 *
 * @param perIterationBytes - In place of the 8 bytes of one reference.
 */
export function floorsOf(perIterationBytes: number = REFERENCE_BYTES): Readonly<Record<HeldResource, Floor>> {
  return {
    heap: { perIteration: perIterationBytes, total: 512 * KIB },
    external: { perIteration: perIterationBytes, total: 64 * KIB },
    rss: { perIteration: perIterationBytes, total: 4096 * KIB },
    fd: { perIteration: 0.01, total: 16 },
    handle: { perIteration: 0.01, total: 16 },
  };
}
