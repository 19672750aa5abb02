import { performance } from 'node:perf_hooks';
import type { ProbeNews } from '@perf/schema';
import type { LoadRecorder } from './load-recorder.js';

/** Points of a timeline at most: longer loads get longer intervals. */
const MOST_POINTS = 1000;
/** Shortest and usual interval [ms]. */
const SHORTEST_MS = 100;
const USUAL_MS = 1000;
/** Short loads get at least so many intervals. */
const FEWEST_POINTS = 20;
/** How often news is told [ms]. */
const NEWS_MS = 500;
/** Part of an interval that is worth a point of its own at the end. */
const WORTH = 0.5;

/** One interval of a load. */
export interface LoadPoint {
  /** End of the interval, on the clock of `performance.now()` [ms]. */
  readonly at: number;
  /** Successful operations a second. */
  readonly throughput: number;
  readonly failures: number;
  readonly p50: number | null;
  readonly p99: number | null;
  /** In flight at the end of the interval. */
  readonly inFlight: number;
}

/** Looks at a load every interval, keeps what it saw, and tells of it. Its memory is bounded. */
export class LoadTimeline {
  readonly points: LoadPoint[] = [];
  /** Time of an interval [ms]. */
  readonly intervalMs: number;
  readonly #load: LoadRecorder;
  readonly #timer: NodeJS.Timeout;
  #stopped = false;
  #since: number = performance.now();

  /** @param plannedMs - Time that the load will take at most. */
  constructor(load: LoadRecorder, plannedMs: number) {
    this.#load = load;
    const wanted = Math.min(USUAL_MS, Math.max(SHORTEST_MS, plannedMs / FEWEST_POINTS));
    this.intervalMs = Math.max(wanted, plannedMs / MOST_POINTS);
    this.#timer = setInterval(() => this.#look(), this.intervalMs);
  }

  /** Gives figures twice a second until the function that it returns is called. */
  onNews(tell: (figures: ProbeNews['figures']) => void): () => void {
    const timer = setInterval(() => tell(this.#news()), NEWS_MS);
    return () => clearInterval(timer);
  }

  /** Ends it; a second call does nothing. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    clearInterval(this.#timer);
    if (performance.now() - this.#since >= this.intervalMs * WORTH || this.points.length === 0) this.#look();
  }

  #look(): void {
    const { successes, failures, p50, p99 } = this.#load.takeInterval();
    const at = performance.now();
    const throughput = (successes * 1000) / Math.max(at - this.#since, 1);
    this.#since = at;
    this.points.push({ at, throughput, failures, p50, p99, inFlight: this.#load.inFlight });
  }

  /** Of the interval that goes on, or where that has hardly begun, of the last one. */
  #news(): ProbeNews['figures'] {
    const last = this.points.at(-1);
    const lasted = performance.now() - this.#since;
    const { successes, p99 } = this.#load.peekInterval();
    const fresh = last === undefined || lasted >= this.intervalMs * WORTH;
    const throughput = fresh ? (successes * 1000) / Math.max(lasted, 1) : last.throughput;
    const latency = fresh ? p99 : last.p99;
    return {
      throughput: { value: throughput, unit: '1/s' },
      ...(latency !== null && { latency_p99: { value: latency, unit: 'ns' as const } }),
    };
  }
}
