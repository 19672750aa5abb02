/** A value over time, in its unit. */
export interface ValueSummary {
  readonly min: number;
  /** Over time: a value counts for as long as it stood. */
  readonly mean: number;
  readonly max: number;
  readonly last: number;
}

/** Least, mean, greatest and last of values that are not kept. */
export class RunningSummary {
  /** Values so far. */
  count = 0;
  #min: number = Number.POSITIVE_INFINITY;
  #max: number = Number.NEGATIVE_INFINITY;
  #last: number = Number.NaN;
  #weighted = 0;
  #weight = 0;

  /** @param weight - Time that it stands for; above 0. */
  add(value: number, weight: number): void {
    this.count += 1;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
    this.#last = value;
    this.#weighted += value * weight;
    this.#weight += weight;
  }

  /** Needs one value at least. */
  summary(): ValueSummary {
    return { min: this.#min, mean: this.#weighted / this.#weight, max: this.#max, last: this.#last };
  }
}
