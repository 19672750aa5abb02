import type { Histogram } from 'hdr-histogram-js';
import { ErrorCounts } from './error-counts.js';
import { latencyHistogram, recordMs } from './latency-histogram.js';

/** Histograms of the whole load that its stages write to. */
interface Shared {
  readonly recent: Histogram;
  readonly service: Histogram;
  readonly lag: Histogram;
  readonly ownLag: Histogram;
}

/** Counts of one stage. Once it is closed it takes nothing more. */
export class StageRecorder {
  readonly errors: ErrorCounts = new ErrorCounts();
  /** Response times of successful operations, complete once the stage has ended. */
  readonly response: Histogram = latencyHistogram(64);
  /** Calls that have started and not ended. */
  inFlight = 0;
  successes = 0;
  readonly #shared: Shared;
  readonly #onFailure: () => void;
  #closed = false;

  constructor(shared: Shared, onFailure: () => void) {
    this.#shared = shared;
    this.#onFailure = onFailure;
  }

  /** Operations that ended or were given up. */
  get operations(): number {
    return this.successes + this.errors.total;
  }

  /**
   * Open model: an operation starts.
   *
   * @param lagMs - Since it was due.
   * @param ownLagMs - The same, less the time in which too many calls were in flight.
   */
  started(lagMs: number, ownLagMs: number): void {
    if (this.#closed) return;
    recordMs(this.#shared.lag, lagMs);
    recordMs(this.#shared.ownLag, ownLagMs);
  }

  /**
   * @param responseMs - Since it was due; in the closed model since it started.
   * @param serviceMs - Open model: since it started.
   */
  succeeded(responseMs: number, serviceMs?: number): void {
    if (this.#closed) return;
    this.successes += 1;
    recordMs(this.#shared.recent, responseMs);
    if (serviceMs !== undefined) recordMs(this.#shared.service, serviceMs);
  }

  failed(kind: string): void {
    if (this.#closed) return;
    this.errors.add(kind);
    this.#onFailure();
  }

  /** Counts operations that will not be waited for, or that never started. */
  gaveUp(kind: 'unfinished' | 'not started', count: number): void {
    if (count > 0 && !this.#closed) this.errors.add(kind, count);
  }

  close(): void {
    this.#closed = true;
  }
}
