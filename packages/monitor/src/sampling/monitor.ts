import { performance } from 'node:perf_hooks';
import { setImmediate as loopTurn } from 'node:timers/promises';
import type { FigureName } from '../figure.js';
import { MonitorError } from '../monitor-error.js';
import { Readings } from '../readings.js';
import { FigureSummaries, type FigureSummary } from './figure-summaries.js';
import { HandleCounts } from './handle-counts.js';
import type { ValueSummary } from './running-summary.js';
import { figuresOf, type Sample } from './sample.js';
import { SampleQueue } from './sample-queue.js';
import { CostMeter, type SamplingCost } from './sampling-cost.js';
import { everySource } from './sources.js';

const INTERVAL_MS = 100;
/** A minute at ten samples a second; about a megabyte. */
const MOST_QUEUED = 600;
/** Of one core: a source that takes more, such as /proc/stat on a very large machine, is read less often. */
const MOST_SHARE = 0.002;
/** Timers of Node.js overflow above 24.8 days. */
const DAY_MS = 86_400_000;

export interface MonitorOptions {
  /** Time between samples [ms], from 10 to a day; default 100. */
  readonly intervalMs?: number;
  /** Samples held at most for one who iterates slowly: then the oldest are dropped. From 1; default 600. */
  readonly maxQueued?: number;
}

/** All samples so far. */
export interface MonitorSummary {
  /** ISO 8601. */
  readonly startedAt: string;
  /** Up to the last sample [ns]. */
  readonly duration: number;
  readonly samples: number;
  /** Samples that were dropped, since who iterated was too slow. They are in the figures all the same. */
  readonly dropped: number;
  readonly figures: Readonly<Record<FigureName, FigureSummary>>;
  /** Handles that keep the event loop alive, by type. */
  readonly handles: Readonly<Record<string, ValueSummary>>;
  /** What observing cost. */
  readonly cost: SamplingCost;
}

/** An observation that goes on. Iterating gives the samples from then on; leaving the loop stops the monitor. */
export interface Monitor extends AsyncIterable<Sample, undefined> {
  /** All samples so far; one is taken for it if there is none yet. */
  summary(): MonitorSummary;
  /** Takes a last sample, ends all iterations and gives everything back. Further calls give the same. */
  stop(): Promise<MonitorSummary>;
}

/**
 * Observes this process and its machine: CPU, memory, collector, event loop, storage, network, pressure, handles.
 *
 * It does not keep the process alive, and its memory does not grow. Samples come as late as the event loop lets them.
 *
 * @throws {MonitorError} `monitor/option`.
 *
 * Cost: a millisecond or some to begin, 10 to 20 file descriptors while it goes on; of sampling see `cost` of the summary.
 */
export function monitor(options: MonitorOptions = {}): Monitor {
  return startMonitor(options, '');
}

/** @param root - Folder in which the kernel's `proc` and `sys` are. */
export function startMonitor(options: MonitorOptions, root: string): Monitor {
  const { intervalMs = INTERVAL_MS, maxQueued = MOST_QUEUED } = options;
  check('intervalMs', intervalMs, intervalMs >= 10 && intervalMs <= DAY_MS, 'milliseconds from 10 to a day');
  check('maxQueued', maxQueued, Number.isInteger(maxQueued) && maxQueued >= 1, 'a whole number from 1');
  return new Sampler(intervalMs, maxQueued, root);
}

class Sampler implements Monitor {
  readonly #maxQueued: number;
  readonly #readings: Readings;
  readonly #figures: FigureSummaries;
  readonly #handles = new HandleCounts();
  readonly #cost = new CostMeter();
  readonly #queues = new Set<SampleQueue>();
  readonly #startedAt: string = new Date().toISOString();
  readonly #startedMs: number;
  readonly #timer: NodeJS.Timeout;
  #at = 0;
  #samples = 0;
  #dropped = 0;
  #stopped: Promise<MonitorSummary> | undefined;

  constructor(intervalMs: number, maxQueued: number, root: string) {
    this.#maxQueued = maxQueued;
    this.#readings = new Readings(
      everySource.map((open) => open(root)),
      MOST_SHARE,
    );
    this.#figures = new FigureSummaries(this.#readings, intervalMs * 1e6);
    this.#startedMs = performance.now();
    this.#timer = setInterval(() => this.#look(), intervalMs).unref();
  }

  summary(): MonitorSummary {
    if (this.#samples === 0) this.#look();
    return {
      startedAt: this.#startedAt,
      duration: this.#at,
      samples: this.#samples,
      dropped: this.#dropped,
      figures: this.#figures.summary(),
      handles: this.#handles.summary(),
      cost: this.#cost.summary(this.#at),
    };
  }

  stop(): Promise<MonitorSummary> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  [Symbol.asyncIterator](): AsyncIterator<Sample, undefined> {
    const queue = new SampleQueue(this.#maxQueued, async () => {
      this.#queues.delete(queue);
      if (this.#queues.size === 0) await this.stop();
    });
    if (this.#stopped === undefined) this.#queues.add(queue);
    else queue.end();
    return queue;
  }

  /** V8 reports collections when the event loop turns. */
  async #end(): Promise<MonitorSummary> {
    clearInterval(this.#timer);
    await loopTurn();
    await loopTurn();
    this.#look();
    this.#readings.close();
    for (const queue of this.#queues) queue.end();
    this.#queues.clear();
    return this.summary();
  }

  #look(): void {
    this.#cost.measure(() => this.#sample());
  }

  #sample(): void {
    const at = (performance.now() - this.#startedMs) * 1e6;
    const span = at - this.#at;
    this.#at = at;
    this.#readings.next();
    this.#handles.read(span);
    this.#figures.add();
    this.#samples += 1;
    if (this.#queues.size === 0) return;
    const figures = figuresOf(this.#readings);
    const sample: Sample = { at, span, time: Date.now(), dropped: 0, figures, handles: this.#handles.latest };
    for (const queue of this.#queues) if (queue.push(sample)) this.#dropped += 1;
  }
}

function check(name: string, seen: unknown, good: boolean, wanted: string): void {
  if (good) return;
  throw new MonitorError('monitor/option', `The option "${name}" of monitor() is ${String(seen)}.`, {
    seen,
    remedy: `Give ${wanted}.`,
  });
}
