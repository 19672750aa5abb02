import { performance } from 'node:perf_hooks';

/**
 * Period of the timer whose lateness is the delay [ms]: coarse, since waking up is most of what a recording costs. A
 * delay is seen shorter by what was left of the period when it began.
 */
const PERIOD_MS = 20;

/**
 * How late the event loop was at worst since it was last asked.
 *
 * A timer of our own: the histogram of `monitorEventLoopDelay` forgets the period in which it is reset, so that a
 * block right after a reading would go unseen. Does not keep the process alive.
 */
export class Lateness {
  #worst = 0;
  #last: number = performance.now();
  readonly #timer: NodeJS.Timeout = setInterval(() => this.#look(), PERIOD_MS).unref();

  /** The greatest delay since the last call [ns], one that still goes on included. */
  take(): number {
    this.#look();
    const worst = this.#worst;
    this.#worst = 0;
    return worst * 1e6;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    this.#worst = Math.max(this.#worst, now - this.#last - PERIOD_MS);
    this.#last = now;
  }
}
