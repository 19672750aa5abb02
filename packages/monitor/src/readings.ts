import { performance } from 'node:perf_hooks';
import type { Figure } from './figure.js';
import type { Source } from './source.js';

const WENT_BACK = 'its counter went back';
const NOT_DUE = 'left out this time, since reading it takes long here';

/** A source with the place of its figures among all, and when it is read. Times are of `performance.now()` [ms]. */
interface Slot {
  readonly source: Source;
  readonly from: number;
  readAt: number;
  dueAt: number;
  cost: number;
  costBefore: number;
}

/**
 * Reads many sources again and again. What a counter grew by since the last reading, and where gauges stand, is in
 * `values`, in the order of `figures`, until the next one.
 */
export class Readings {
  readonly figures: readonly Figure[];
  /** `NaN` where there is none: `reason` says why. */
  readonly values: Float64Array;
  /** The time over which each counter grew [ns]. */
  readonly spans: Float64Array;
  readonly #now: Float64Array;
  readonly #before: Float64Array;
  readonly #reasons: (string | undefined)[];
  readonly #slots: Slot[] = [];
  readonly #mostShare: number;
  /** The one source whose reading is timed this time: timing all of them would cost as much as reading some. */
  #timed = 0;

  /**
   * Reads all sources once, as what counters grow from.
   *
   * @param mostShare - Of one core, that reading one source may take: those that take more are read less often.
   */
  constructor(sources: readonly Source[], mostShare: number = Number.POSITIVE_INFINITY) {
    this.figures = sources.flatMap(({ figures }) => figures);
    const size = this.figures.length;
    this.values = new Float64Array(size);
    this.spans = new Float64Array(size);
    this.#now = new Float64Array(size);
    this.#before = new Float64Array(size).fill(Number.NaN);
    this.#reasons = new Array<string | undefined>(size).fill(undefined);
    this.#mostShare = mostShare;
    let from = 0;
    for (const source of sources) {
      this.#slots.push({ source, from, readAt: performance.now(), dueAt: 0, cost: 0, costBefore: 0 });
      from += source.figures.length;
    }
    this.next();
  }

  next(): void {
    const now = performance.now();
    this.#timed = (this.#timed + 1) % this.#slots.length;
    for (const [place, slot] of this.#slots.entries()) {
      const { source, from } = slot;
      const end = from + source.figures.length;
      if (now < slot.dueAt) {
        this.values.fill(Number.NaN, from, end);
        this.#reasons.fill(NOT_DUE, from, end);
        continue;
      }
      if (place === this.#timed) this.#time(slot);
      else source.read(this.#now, from);
      slot.dueAt = now + slot.cost / this.#mostShare;
      this.spans.fill((now - slot.readAt) * 1e6, from, end);
      slot.readAt = now;
      for (let index = from; index < end; index += 1) this.#take(index);
    }
  }

  /** Why `values` has none at this place. */
  reason(index: number): string {
    return this.#reasons[index] ?? '';
  }

  close(): void {
    for (const { source } of this.#slots) source.close();
  }

  /** Each source has its turn. Of two costs in a row the lesser: one alone may be that of having been switched out. */
  #time(slot: Slot): void {
    const startedAt = performance.now();
    slot.source.read(this.#now, slot.from);
    const cost = performance.now() - startedAt;
    slot.cost = Math.min(cost, slot.costBefore);
    slot.costBefore = cost;
  }

  #take(index: number): void {
    const figure = this.figures[index];
    const now = this.#now[index] ?? Number.NaN;
    const value = figure?.kind === 'counter' ? now - (this.#before[index] ?? Number.NaN) : now;
    const wentBack = figure?.kind === 'counter' && value < 0;
    this.#before[index] = now;
    this.values[index] = wentBack ? Number.NaN : value;
    this.#reasons[index] = wentBack ? WENT_BACK : figure?.otherwise;
  }
}
