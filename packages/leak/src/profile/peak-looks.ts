/** A rise by less is no new peak [bytes]. */
const STEP_BYTES = 4 * 2 ** 20;
/** Of what was there before: of a large heap, a rise by less is no new peak. */
const STEP_SHARE = 0.1;
/**
 * Of the time, for looks at a heap that once held more. They cost more than they last, as the work is slower after a full
 * collection: with one in a twentieth of the time an HTTP server took twice the CPU time.
 */
const TIME_SHARE = 0.02;

/** Used bytes of the heap, and the time [ms] on any clock, always the same. */
interface Reading {
  readonly bytes: number;
  readonly nowMs: number;
}

/**
 * When to look at what a growing heap is made of. A look collects all garbage, so that only a rise is worth one.
 *
 * A look is due when the heap holds a step more than it did before any other, garbage included: these are few, as each
 * begins at least a tenth above the last. Such a high may have been garbage, and hide a later one. So a look is due as
 * well when V8 has just collected by itself, which shows as a fall, and left a step more than was ever alive at a look.
 */
export class PeakLooks {
  #most = 0;
  #alive = 0;
  #last = 0;
  #restUntilMs = 0;

  /** Takes readings in the order of time. */
  isDue({ bytes, nowMs }: Reading): boolean {
    const hasFallen = bytes < this.#last;
    this.#last = bytes;
    if (bytes >= raised(this.#most)) return true;
    return hasFallen && bytes >= raised(this.#alive) && nowMs >= this.#restUntilMs;
  }

  /**
   * Takes note of a look by the readings before and after it.
   *
   * @returns Whether no look before has found more alive.
   */
  add(before: Reading, after: Reading): boolean {
    this.#most = Math.max(this.#most, before.bytes);
    this.#last = after.bytes;
    this.#restUntilMs = after.nowMs + (after.nowMs - before.nowMs) / TIME_SHARE;
    if (after.bytes < this.#alive) return false;
    this.#alive = after.bytes;
    return true;
  }
}

function raised(bytes: number): number {
  return bytes + Math.max(STEP_BYTES, bytes * STEP_SHARE);
}
