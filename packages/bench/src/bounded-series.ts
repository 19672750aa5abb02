/** Values kept at most: two seconds of batches, and a page of numbers in a document. */
const MOST_VALUES = 4096;

/**
 * Numbers in the order in which they came, in memory that does not grow with how many came.
 *
 * When it is full, neighbours are merged: from then on each value is the mean of twice as many.
 */
export class BoundedSeries {
  /** Each the mean of `group` numbers in a row. Those after the last full group are not in it. */
  values: number[] = [];
  group = 1;
  /** How many numbers came. */
  count = 0;
  #sum = 0;
  #inGroup = 0;
  readonly #most: number;

  /** @param most - Even. */
  constructor(most: number = MOST_VALUES) {
    this.#most = most;
  }

  push(value: number): void {
    this.#sum += value;
    this.count += 1;
    this.#inGroup += 1;
    if (this.#inGroup < this.group) return;
    this.values.push(this.#sum / this.group);
    this.#sum = 0;
    this.#inGroup = 0;
    if (this.values.length === this.#most) this.#merge();
  }

  #merge(): void {
    const { values } = this;
    this.values = Array.from(
      { length: values.length / 2 },
      (_, pair) => ((values[2 * pair] as number) + (values[2 * pair + 1] as number)) / 2,
    );
    this.group *= 2;
  }
}
