/** What was held at one time. */
export interface Reading {
  /** Of the monotonic clock [ms]. */
  readonly at: number;
  /** Bytes, or a number. */
  readonly value: number;
}

/** Twice and more what a trend is judged on, so that the newest third has enough too. */
const CAPACITY = 96;
/** After making room at least a quarter is free. */
const FULL_SHARE = 0.75;

/**
 * The least reading of each bin of time, in memory that is allocated once: a log that grew would be part of the growth
 * it records. The least, since a service holds more while it answers than it keeps.
 *
 * When all 96 places are taken, bins become twice as wide; at the greatest width the older half is forgotten.
 */
export class BinnedLog {
  readonly #at = new Float64Array(CAPACITY);
  readonly #values = new Float64Array(CAPACITY);
  readonly #firstWidthMs: number;
  readonly #longestMs: number;
  #widthMs: number;
  #length = 0;

  /** @param widthMs - Of a bin to begin with. @param longestMs - That it reaches back at most. */
  constructor(widthMs: number, longestMs: number) {
    this.#firstWidthMs = widthMs;
    this.#widthMs = widthMs;
    this.#longestMs = longestMs;
  }

  /** @param at - Not before that of the last call. @param value - NaN is left out: it could not be read. */
  add(at: number, value: number): void {
    if (!Number.isFinite(value)) return;
    if (this.#length === CAPACITY && !this.#isInLastBin(at)) this.#makeRoom();
    this.#put(at, value);
  }

  /** All bins that are over, oldest first; each at the time of its least reading. A copy. */
  readings(now: number): Reading[] {
    const closed = this.#isInLastBin(now) ? this.#length - 1 : this.#length;
    return Array.from({ length: closed }, (_, index) => this.#reading(index));
  }

  /** Begins anew. */
  clear(): void {
    this.#length = 0;
    this.#widthMs = this.#firstWidthMs;
  }

  #put(at: number, value: number): void {
    if (!this.#isInLastBin(at)) this.#length += 1;
    else if (value >= this.#reading(this.#length - 1).value) return;
    this.#at[this.#length - 1] = at;
    this.#values[this.#length - 1] = value;
  }

  #makeRoom(): void {
    while (this.#length > FULL_SHARE * CAPACITY) {
      if (2 * this.#widthMs * CAPACITY > this.#longestMs) this.#forgetOlderHalf();
      else this.#widen();
    }
  }

  #widen(): void {
    this.#widthMs *= 2;
    const length = this.#length;
    this.#length = 0;
    for (let index = 0; index < length; index += 1) {
      const { at, value } = this.#reading(index);
      this.#put(at, value);
    }
  }

  #forgetOlderHalf(): void {
    const half = CAPACITY / 2;
    this.#at.copyWithin(0, half);
    this.#values.copyWithin(0, half);
    this.#length -= half;
  }

  #isInLastBin(at: number): boolean {
    if (this.#length === 0) return false;
    return this.#bin(at) === this.#bin(this.#reading(this.#length - 1).at);
  }

  #bin(at: number): number {
    return Math.floor(at / this.#widthMs);
  }

  #reading(index: number): Reading {
    return { at: this.#at[index] as number, value: this.#values[index] as number };
  }
}

/** The greatest value; minus infinity of none. */
export function highest(readings: readonly Reading[]): number {
  return readings.reduce((most, { value }) => Math.max(most, value), Number.NEGATIVE_INFINITY);
}

/** The first reading with the least value. @param readings - At least one. */
export function lowest(readings: readonly Reading[]): Reading {
  return readings.reduce((least, reading) => (reading.value < least.value ? reading : least));
}
