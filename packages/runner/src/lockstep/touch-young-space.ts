/** Elements of an array that dies at once: some 8 KB, which V8 puts among the young objects. */
const ELEMENTS = 1000;
/** Twice the space for young objects, both halves of it, and a little more [bytes]. */
const TOUCHED_BYTES = 40 * 2 ** 20;
const ELEMENT_BYTES = 8;

/**
 * Fills V8's space for young objects, so that each of its pages has been written to once: the first write makes the
 * operating system find memory for the page, which would count as time of the code that happens to make it.
 *
 * @returns The last object, so that none of it is left out.
 *
 * Cost: some 20 ms.
 */
export function touchYoungSpace(): readonly number[] {
  let last: number[] = [];
  for (let bytes = 0; bytes < TOUCHED_BYTES; bytes += ELEMENTS * ELEMENT_BYTES) {
    last = new Array<number>(ELEMENTS).fill(bytes);
  }
  return last;
}
