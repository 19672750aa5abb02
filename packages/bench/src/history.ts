import { type WarmUp, warmUpOf } from '@perf/stats';
import { BoundedSeries } from './bounded-series.js';

/** How the speed of this process went. Batches are counted from the first, without those that were pre-empted. */
export interface Steadiness extends WarmUp {
  /** Batches that it rests on, the outliers among them. */
  readonly batches: number;
  /** Batches left out since the operating system took the CPU away during them. */
  readonly preempted: number;
}

/** No time is shorter than the clock can tell [ns]. */
const SHORTEST = 0.001;

/** Every batch of a process, from its first call on, in bounded memory. */
export class History {
  readonly #series: BoundedSeries = new BoundedSeries();
  #preempted = 0;

  /** @param time - Time per operation [ns]. */
  push(time: number, preempted: boolean): void {
    if (preempted) this.#preempted += 1;
    else this.#series.push(Math.max(time, SHORTEST));
  }

  /** Batches so far that were not pre-empted. */
  get count(): number {
    return this.#series.count;
  }

  /**
   * How the speed went from the first batch to the last.
   *
   * @returns Undefined where there were too few batches to tell.
   *
   * Cost: some 5 ms, and less for a short history.
   */
  steadiness(): Steadiness | undefined {
    const { values, stride, count } = this.#series;
    const found = values.length === 0 ? undefined : warmUpOf(values);
    if (found === undefined) return undefined;
    const { segments, steadyFrom, outliers } = found;
    return {
      class: found.class,
      batches: count,
      preempted: this.#preempted,
      outliers: outliers * stride,
      ...(steadyFrom !== undefined && { steadyFrom: steadyFrom * stride }),
      segments: segments.map(({ from, to, level }) => ({
        from: from * stride,
        to: Math.min(count, (to + 1) * stride) - 1,
        level,
      })),
    };
  }
}
