import { median } from '@perf/stats';
import { BoundedSeries } from './bounded-series.js';
import { preemptions } from './preemption.js';
import { KERNEL_NS, timeReference } from './reference-kernel.js';

/** What the readings are allowed to take beside the batches. */
const SHARE = 0.05;
/** Readings in a row between slow batches: more say no more of the moment. */
const MOST_IN_A_ROW = 5;
/** With fewer undisturbed blocks, all of them count. */
const FEWEST_UNDISTURBED = 10;

/** What the machine was like while samples were taken. */
export interface Reference {
  /** Median time of the reference kernel [ns]. */
  readonly time: number;
  /** Time per operation over the time of the kernel beside it: median over the blocks between readings. */
  readonly normalised: number;
}

interface Reading {
  readonly time: number;
  readonly preempted: boolean;
}

/**
 * Reads the reference kernel between batches, for about a twentieth of their time, and sets each block of batches
 * against the readings before and after it: what slows the machine down for a moment slows down both. Readings and
 * batches during which the operating system took the CPU away are left out where enough others are left.
 */
export class ReferenceReader {
  readonly #batches: number;
  readonly #inARow: number;
  readonly #readings: BoundedSeries = new BoundedSeries();
  readonly #all: BoundedSeries = new BoundedSeries();
  readonly #undisturbed: BoundedSeries = new BoundedSeries();
  #block: Reading[] = [];
  #before: Reading;

  /** @param batchNs - Time of one batch [ns]. Reads the kernel for the first time. */
  constructor(batchNs: number) {
    const perReading = KERNEL_NS / SHARE;
    this.#batches = Math.max(1, Math.round(perReading / batchNs));
    this.#inARow = Math.max(1, Math.min(MOST_IN_A_ROW, Math.floor(batchNs / perReading)));
    this.#before = this.#read();
  }

  /** To be called after each batch. @param time - Per operation [ns]. */
  onBatch(time: number, preempted: boolean): void {
    this.#block.push({ time, preempted });
    if (this.#block.length < this.#batches) return;
    const after = this.#read();
    this.#compare(this.#block, [this.#before, after]);
    this.#before = after;
    this.#block = [];
  }

  /** Undefined where no block was whole. */
  result(): Reference | undefined {
    const { count } = this.#undisturbed;
    const ratios = (count >= FEWEST_UNDISTURBED ? this.#undisturbed : this.#all).values;
    if (ratios.length === 0) return undefined;
    return { time: median(this.#readings.values), normalised: median(ratios) };
  }

  #compare(block: readonly Reading[], beside: readonly Reading[]): void {
    const ratio = (batches: readonly Reading[], readings: readonly Reading[]) =>
      timeOf(batches) / timeOf(readings);
    this.#all.push(ratio(block, beside));
    const [batches, readings] = [block.filter(isUndisturbed), beside.filter(isUndisturbed)];
    if (batches.length > 0 && readings.length > 0) this.#undisturbed.push(ratio(batches, readings));
  }

  #read(): Reading {
    const before = preemptions();
    const time = median(Array.from({ length: this.#inARow }, timeReference));
    this.#readings.push(time);
    return { time, preempted: preemptions() > before };
  }
}

function isUndisturbed({ preempted }: Reading): boolean {
  return !preempted;
}

function timeOf(readings: readonly Reading[]): number {
  return median(readings.map(({ time }) => time));
}
