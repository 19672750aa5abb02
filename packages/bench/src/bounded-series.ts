/** Values kept at most: more than any quantile needs, and a page of numbers in a document. */
const MOST_VALUES = 4096;

/**
 * Numbers in the order in which they came, in memory that does not grow with how many came.
 *
 * When it is full, every other one is dropped, and from then on only every other one of those that come is kept, and so
 * on. What is left are single numbers, evenly spread over all of them: merging neighbours would bring outliers into all.
 */
export class BoundedSeries {
  values: number[] = [];
  /** Of so many numbers in a row the first is kept. */
  stride = 1;
  /** How many numbers came. */
  count = 0;
  readonly #most: number;

  constructor(most: number = MOST_VALUES) {
    this.#most = most;
  }

  push(value: number): void {
    if (this.count % this.stride === 0) this.#keep(value);
    this.count += 1;
  }

  #keep(value: number): void {
    if (this.values.length >= this.#most) {
      this.values = this.values.filter((_, index) => index % 2 === 0);
      this.stride *= 2;
      if (this.count % this.stride !== 0) return;
    }
    this.values.push(value);
  }
}
