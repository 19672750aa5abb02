import type { Histogram } from 'hdr-histogram-js';
import { ErrorCounts } from './error-counts.js';
import { latencyHistogram, quantileOf } from './latency-histogram.js';
import { StageRecorder } from './stage-recorder.js';

/** What happened since the last interval. */
export interface IntervalFigures {
  readonly successes: number;
  readonly failures: number;
  /** Response times of operations that succeeded since the interval or the stage began [ns]; `null` without any. */
  readonly p50: number | null;
  readonly p99: number | null;
}

/** Counts of one load and its response times, in memory that does not grow with its length. */
export class LoadRecorder {
  readonly errors: ErrorCounts = new ErrorCounts();
  /** Response times of successful operations of all stages. */
  readonly response: Histogram = latencyHistogram(64);
  /** Open model: from the real start to the end, of successful operations. */
  readonly service: Histogram = latencyHistogram(64);
  /** Open model: from the intended to the real start, of every operation that started. */
  readonly lag: Histogram = latencyHistogram(64);
  /** The part of `lag` that no cap on calls in flight explains. */
  readonly ownLag: Histogram = latencyHistogram(64);
  /** Response times since the last interval. */
  readonly recent: Histogram = latencyHistogram(32);
  #successes = 0;
  #failures = 0;
  #stage: StageRecorder | undefined;

  /** Calls that have started and not ended. */
  get inFlight(): number {
    return this.#stage?.inFlight ?? 0;
  }

  /** Begins a stage. The one before must have ended. */
  begin(): StageRecorder {
    const stage = new StageRecorder(this, () => {
      this.#failures += 1;
    });
    this.#stage = stage;
    return stage;
  }

  /** Ends the stage and adds it to the whole. What ends of it from now on is not counted anywhere. */
  end(stage: StageRecorder): void {
    stage.close();
    this.#keepRecent();
    this.response.add(stage.response);
    this.errors.addAll(stage.errors);
  }

  /** Figures since the last call, and begins the next interval. Cost: about 0.3 ms. */
  takeInterval(): IntervalFigures {
    const figures = this.peekInterval();
    this.#keepRecent();
    this.#failures = 0;
    this.#successes = 0;
    return figures;
  }

  /** The same figures, without beginning a new interval. */
  peekInterval(): IntervalFigures {
    const { recent } = this;
    const empty = recent.totalCount === 0;
    return {
      successes: this.#successes + recent.totalCount,
      failures: this.#failures,
      p50: empty ? null : quantileOf(recent, 0.5),
      p99: empty ? null : quantileOf(recent, 0.99),
    };
  }

  #keepRecent(): void {
    if (this.recent.totalCount === 0) return;
    this.#stage?.response.add(this.recent);
    this.#successes += this.recent.totalCount;
    this.recent.reset();
  }
}
