import type { Growth } from '@perf/schema';
import { type Held, type HeldResource, heldResources } from './read-held.js';

/**
 * Readings in time order, in memory that is allocated once: a log that grew would be part of the growth it records.
 */
export class HeldLog {
  readonly #iterations: Float64Array;
  readonly #readings: ReadonlyMap<HeldResource, Float64Array>;
  #length = 0;

  /** @param capacity - Readings that it holds at most. */
  constructor(capacity: number) {
    this.#iterations = new Float64Array(capacity);
    this.#readings = new Map(heldResources.map((resource) => [resource, new Float64Array(capacity)]));
  }

  get length(): number {
    return this.#length;
  }

  /** Adds a reading. What is beyond the capacity is dropped: check `length`. */
  add(iterations: number, held: Held): void {
    this.#iterations[this.#length] = iterations;
    for (const [resource, values] of this.#readings) values[this.#length] = held[resource];
    if (this.#length < this.#iterations.length) this.#length += 1;
  }

  /** Iterations done at each reading, ascending. A copy. */
  iterations(): number[] {
    return Array.from(this.#iterations.subarray(0, this.#length));
  }

  /** Readings of one resource; empty where it could not be read. A copy. */
  readings(resource: HeldResource): number[] {
    const values = Array.from(this.#readings.get(resource)?.subarray(0, this.#length) ?? []);
    return values.every(Number.isFinite) ? values : [];
  }

  /** As an artifact, without the resources that could not be read. */
  toGrowth(): Growth {
    const readings = heldResources
      .map((resource) => [resource, this.readings(resource)] as const)
      .filter(([, values]) => values.length > 0);
    return { iterations: this.iterations(), readings: Object.fromEntries(readings) };
  }
}
