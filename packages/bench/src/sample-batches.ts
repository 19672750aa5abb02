import { performance } from 'node:perf_hooks';
import { hasBatchHooks, isTimedEach } from './batch-hooks.js';
import { BoundedSeries } from './bounded-series.js';
import { runPool } from './pool.js';
import { preemptions } from './preemption.js';
import { timeBatch } from './time-batch.js';
import type { Workload } from './workload.js';

/** Samples in the order in which they were taken. */
export interface Batches {
  /** Time per operation of one batch each [ns]; evenly thinned where there were very many. */
  readonly samples: number[];
  /** Operations in a batch, which each sample is the mean of. */
  readonly perSample: number;
  /** Batches that were left out of the samples, since the operating system took the CPU away during them. */
  readonly preempted: number;
  /** Operations in all batches together, as the two times below. */
  readonly operations: number;
  /** Time in all batches together [ns]. */
  readonly timed: number;
  /** From the first batch to the end of the last, hooks included [ns]. */
  readonly elapsed: number;
}

/**
 * What a round takes with all that runs around its calls [ns]: how long so many rounds will keep the process busy.
 *
 * @param timeNs - Of one operation, where nothing runs around it.
 */
export function busyRoundNs({ hooks, concurrency }: Workload, batches: Batches, timeNs: number): number {
  const hooked = isTimedEach(hooks) || hasBatchHooks(hooks);
  return concurrency * (hooked ? Math.max(timeNs, batches.elapsed / batches.operations) : timeNs);
}

/** With fewer batches that were not pre-empted, all of them count: slow functions are nearly always disturbed. */
const FEWEST_UNDISTURBED = 20;

export interface SamplingOptions {
  /** Rounds per batch. */
  readonly batch: number;
  /** Time to fill with batches [ms]: by the clock, or with `limitMs` the time that the process had for itself. */
  readonly timeMs: number;
  /** Longest by the clock [ms], however little of it the operating system gives to this process. */
  readonly limitMs?: number;
  /** So many batches even after the time is up. */
  readonly atLeast: number;
  /** Looked at between batches. */
  readonly signal: AbortSignal;
  /**
   * Whether batches are left out during which the operating system took the CPU away, as long as 20 others are left.
   * Not for functions that wait: it is other threads that are pre-empted then.
   */
  readonly dropPreempted?: boolean;
  /**
   * Called after each batch with its time per operation [ns], and whether the operating system took the CPU away during
   * it; what it does is not timed.
   */
  readonly onBatch?: (time: number, preempted: boolean) => void;
}

/**
 * Times batches of rounds until the time is up.
 *
 * Calls in flight at once stay so many from the first batch to the last: a batch is then the time in which so many
 * calls settled. Only hooks between batches make them begin and end together.
 *
 * @throws the signal's reason once it is aborted.
 *
 * Cost: some 4 µs between batches, and memory of at most 8,192 numbers, however many there are.
 */
export async function sampleBatches(workload: Workload, options: SamplingOptions): Promise<Batches> {
  const sampling = new Sampling(options, options.batch * workload.concurrency);
  if (workload.concurrency > 1 && !hasBatchHooks(workload.hooks)) await runPool(workload, sampling);
  else await sampling.inTurn(workload);
  return sampling.batches();
}

class Sampling {
  readonly #options: SamplingOptions;
  readonly #operationsPerBatch: number;
  readonly #all: BoundedSeries = new BoundedSeries();
  readonly #undisturbed: BoundedSeries = new BoundedSeries();
  readonly #startedAt = performance.now();
  #batchFrom: number = this.#startedAt;
  #now: number = this.#startedAt;
  #batches = 0;
  #timed = 0;
  /** Without the time that others had during pre-empted batches, as far as the quickest batch tells [ms]. */
  #own = 0;
  #quickest = Number.POSITIVE_INFINITY;
  #settled = 0;
  #going = true;
  #preemptions = preemptions();

  constructor(options: SamplingOptions, operationsPerBatch: number) {
    this.#options = options;
    this.#operationsPerBatch = operationsPerBatch;
    options.signal.throwIfAborted();
  }

  async inTurn(workload: Workload): Promise<void> {
    while (this.begin()) {
      const time = timeBatch(workload, this.#options.batch);
      this.#took(typeof time === 'number' ? time : await time);
    }
  }

  begin(): boolean {
    return this.#going;
  }

  ended(): void {
    this.#settled += 1;
    if (this.#settled < this.#operationsPerBatch) return;
    this.#settled = 0;
    this.#took((performance.now() - this.#batchFrom) * 1e6);
    this.#batchFrom = this.#now;
  }

  #took(batchNs: number): void {
    const { signal, atLeast, onBatch } = this.#options;
    const time = batchNs / this.#operationsPerBatch;
    const preempted = preemptions() > this.#preemptions;
    this.#all.push(time);
    if (!preempted) this.#undisturbed.push(time);
    this.#batches += 1;
    this.#timed += batchNs;
    onBatch?.(time, preempted);
    this.#preemptions = preemptions();
    this.#spend(preempted);
    this.#going = !signal.aborted && (this.#isTimeLeft() || this.#batches < atLeast);
    signal.throwIfAborted();
  }

  #spend(preempted: boolean): void {
    const now = performance.now();
    const spent = now - this.#now;
    this.#own += preempted ? Math.min(spent, 2 * this.#quickest) : spent;
    this.#quickest = Math.min(this.#quickest, spent);
    this.#now = now;
  }

  #isTimeLeft(): boolean {
    const { timeMs, limitMs } = this.#options;
    const elapsed = this.#now - this.#startedAt;
    return limitMs === undefined ? elapsed < timeMs : this.#own < timeMs && elapsed < limitMs;
  }

  batches(): Batches {
    const dropping = this.#options.dropPreempted === true && this.#undisturbed.count >= FEWEST_UNDISTURBED;
    const series = dropping ? this.#undisturbed : this.#all;
    return {
      samples: series.values.map(roundToPicosecond),
      perSample: this.#operationsPerBatch,
      preempted: this.#batches - series.count,
      operations: this.#batches * this.#operationsPerBatch,
      timed: this.#timed,
      elapsed: (this.#now - this.#startedAt) * 1e6,
    };
  }
}

/** Finer than the clock resolves for any batch. Samples of three decimals can be stored as integers. */
function roundToPicosecond(ns: number): number {
  return Math.round(ns * 1000) / 1000;
}
