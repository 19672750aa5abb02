import { performance } from 'node:perf_hooks';

/** What watching has taken of the service's thread so far. Snapshots are not in it. */
export interface WatchCost {
  /** Of the time that was watched, at most: being switched out is in it. 0.01 is one percent. */
  readonly share: number;
  /** [ms] */
  readonly busyMs: number;
  /** The longest that the service stood still for a reading and what was judged with it [ms]. */
  readonly longestMs: number;
}

/** Times the watch's own work. */
export class CostMeter {
  #busyMs = 0;
  #longestMs = 0;
  #newMs = 0;

  /** Throws what the work throws. */
  measure(work: () => void): void {
    const from = performance.now();
    try {
      work();
    } finally {
      const took = performance.now() - from;
      this.#busyMs += took;
      this.#newMs += took;
      this.#longestMs = Math.max(this.#longestMs, took);
    }
  }

  /** Of all work since the last call [ms]. */
  sinceLast(): number {
    const took = this.#newMs;
    this.#newMs = 0;
    return took;
  }

  cost(watchedMs: number): WatchCost {
    return { share: this.#busyMs / watchedMs, busyMs: this.#busyMs, longestMs: this.#longestMs };
  }
}
