import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { HeapProfile } from './heap-profile.js';
import type { HeapProfiler } from './heap-profiler.js';
import { PeakLooks } from './peak-looks.js';

/** A piece of work at its end, and when it held most memory. */
export interface HeapPeak {
  /** What is still there at the end of what was allocated meanwhile. */
  readonly profile: HeapProfile;
  readonly peak: {
    /** Most used bytes of the V8 heap at any reading: with garbage, and with what was there before. */
    readonly bytes: number;
    /** When that was, from the beginning of the work [ms]. */
    readonly atMs: number;
    /** What was alive of what was allocated meanwhile, at the look that found most alive. */
    readonly profile: HeapProfile;
  };
}

/** Size of the used heap [bytes] at a time [ms] of `performance.now()`. */
interface Reading {
  readonly bytes: number;
  readonly nowMs: number;
}

/** Keeps the highest reading of the heap's size, and the profile of the look that found most alive. */
export class PeakWatch {
  readonly #profiler: HeapProfiler;
  readonly #looks: PeakLooks = new PeakLooks();
  #began: Reading;
  #highest: Reading;
  #largest: HeapProfile | undefined;
  #looking: Promise<unknown> = Promise.resolve();
  #failure: unknown;

  private constructor(profiler: HeapProfiler) {
    this.#profiler = profiler;
    this.#began = readHeap();
    this.#highest = this.#began;
  }

  /** Begins with a look: what is alive before the work is what later rises are from. */
  static async begin(profiler: HeapProfiler): Promise<PeakWatch> {
    const watch = new PeakWatch(profiler);
    await watch.#look(watch.#began);
    watch.#began = readHeap();
    watch.#highest = watch.#began;
    return watch;
  }

  /** Reads the heap's size, and looks at what it is made of if that is due. Does not throw: `end` does. */
  read(): void {
    const reading = this.#read();
    if (!this.#looks.isDue(reading)) return;
    this.#looking = this.#look(reading).catch((error: unknown) => {
      this.#failure ??= error;
    });
  }

  /** @throws {LeakError} `leak/inspector` if a look failed. */
  async end(): Promise<HeapPeak> {
    await this.#looking;
    if (this.#failure !== undefined) throw this.#failure;
    const profile = await this.#look(this.#read());
    const { bytes, nowMs } = this.#highest;
    return {
      profile,
      peak: { bytes, atMs: nowMs - this.#began.nowMs, profile: this.#largest ?? profile },
    };
  }

  #read(): Reading {
    const reading = readHeap();
    if (reading.bytes > this.#highest.bytes) this.#highest = reading;
    return reading;
  }

  async #look(before: Reading): Promise<HeapProfile> {
    const profile = await this.#profiler.snapshot();
    if (this.#looks.add(before, readHeap())) this.#largest = profile;
    return profile;
  }
}

function readHeap(): Reading {
  return { bytes: getHeapStatistics().used_heap_size, nowMs: performance.now() };
}
