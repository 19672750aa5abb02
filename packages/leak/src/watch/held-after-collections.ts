import { type BinnedLog, highest, lowest, type Reading } from './binned-log.js';

/** Growth between two collections counts where at least so much of it outlived the second one. */
const SURVIVING_SHARE = 0.9;

/**
 * Of readings that hold garbage, those that tell what is held.
 *
 * From one full collection to the next garbage only adds up, so the least reading between them is the nearest to what is
 * held. Where the second collection then leaves nearly all of the growth, there was little garbage among it, and all
 * readings between them tell: a large heap that leaks is collected a few times only before it is full.
 */
export class HeldAfterCollections {
  readonly #log: BinnedLog;
  readonly #sinceCollection: BinnedLog;
  #collected = false;

  /** @param log - Takes what is held. @param sinceCollection - An empty one, for what is not known yet. */
  constructor(log: BinnedLog, sinceCollection: BinnedLog) {
    this.#log = log;
    this.#sinceCollection = sinceCollection;
  }

  /** A reading between collections. What comes before the first one is not kept. */
  add(at: number, value: number): void {
    if (this.#collected) this.#sinceCollection.add(at, value);
  }

  /**
   * A full collection.
   *
   * @param left - What it left; undefined if that is not known yet, since buffers are given back later.
   */
  collected(at: number, left: number | undefined): void {
    const readings = this.#sinceCollection.readings(Number.POSITIVE_INFINITY);
    for (const reading of telling(readings, left)) this.#log.add(reading.at, reading.value);
    this.#sinceCollection.clear();
    this.#collected = true;
    if (left !== undefined) this.#sinceCollection.add(at, left);
  }
}

function telling(readings: readonly Reading[], left: number | undefined): readonly Reading[] {
  const [first] = readings;
  if (first === undefined) return [];
  // Not the last one: it may have come between the collection and the news of it.
  const growth = highest(readings) - first.value;
  if (left !== undefined && left - first.value >= SURVIVING_SHARE * growth) return readings;
  return [lowest(readings)];
}
