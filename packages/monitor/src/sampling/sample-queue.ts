import type { Sample } from './sample.js';

type Next = IteratorResult<Sample, undefined>;

const DONE: Next = { done: true, value: undefined };

/**
 * Samples on their way to one who iterates. So many are held at most: then the oldest are dropped, and the next one
 * that is taken says how many.
 */
export class SampleQueue implements AsyncIterableIterator<Sample, undefined> {
  readonly #most: number;
  readonly #left: () => Promise<unknown>;
  #held: Sample[] = [];
  #waiting: ((next: Next) => void)[] = [];
  #lost = 0;
  #ended = false;

  /** @param left - Called when who iterates has had enough. */
  constructor(most: number, left: () => Promise<unknown>) {
    this.#most = most;
    this.#left = left;
  }

  /** @returns whether another one had to be dropped for it. */
  push(sample: Sample): boolean {
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) {
      waiting({ done: false, value: sample });
      return false;
    }
    this.#held.push(sample);
    if (this.#held.length <= this.#most) return false;
    this.#held.shift();
    this.#lost += 1;
    return true;
  }

  /** There is nothing more to come; what is held can still be taken. */
  end(): void {
    this.#ended = true;
    for (const waiting of this.#waiting) waiting(DONE);
    this.#waiting = [];
  }

  next(): Promise<Next> {
    const sample = this.#held.shift();
    if (sample !== undefined) {
      const dropped = this.#lost;
      this.#lost = 0;
      return Promise.resolve({ done: false, value: dropped === 0 ? sample : { ...sample, dropped } });
    }
    if (this.#ended) return Promise.resolve(DONE);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Called by the language when a `for await` is left early. */
  async return(): Promise<Next> {
    this.#held = [];
    this.end();
    await this.#left();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
