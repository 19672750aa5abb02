/** Elements of an array that dies at once: some 8 KB, which V8 puts among the young objects. */
const ELEMENTS = 1000;
const ELEMENT_BYTES = 8;

/** A half of the space for young objects in a process that takes turns [MB]: where V8 ends up by itself. */
export const YOUNG_SPACE_MB = 16;
/** Both halves of it and a quarter more [bytes]. */
const TOUCHED_BYTES = 2.5 * YOUNG_SPACE_MB * 2 ** 20;

/**
 * Fills V8's space for young objects, so that each of its pages has been written to once: the first write makes the
 * operating system find memory for the page, which would count as time of the code that happens to make it.
 *
 * @returns The last object, so that none of it is left out.
 *
 * Cost: the allocation of 40 MB that die at once.
 */
export function touchYoungSpace(): readonly number[] {
  let last: number[] = [];
  for (let bytes = 0; bytes < TOUCHED_BYTES; bytes += ELEMENTS * ELEMENT_BYTES) {
    last = new Array<number>(ELEMENTS).fill(bytes);
  }
  return last;
}
