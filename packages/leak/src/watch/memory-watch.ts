import { EventEmitter } from 'node:events';
import { performance } from 'node:perf_hooks';
import { describeError } from '@perf/schema/core';
import { type HeldResource, heldResources } from '../held/read-held.js';
import { LeakError } from '../leak-error.js';
import type { BinnedLog } from './binned-log.js';
import { FirstSnapshot } from './first-snapshot.js';
import { LiveReadings } from './live-readings.js';
import { type LookNews, ResourceLooks } from './resource-looks.js';
import type { Suspicion } from './suspicion.js';
import { CostMeter } from './watch-cost.js';
import { type WatchOptions, type WatchSettings, watchSettings } from './watch-options.js';
import { findingOf, type WatchReport } from './watch-report.js';
import { type WatchSnapshot, writeSnapshot } from './write-snapshot.js';

/** Of the service's thread, at most: the next reading comes when what the last one took is no more than that. */
const MOST_SHARE = 0.01;

/** Events and what their listeners get. */
export interface MemoryWatchEvents {
  /** Something seems to leak. Comes again for a resource only after that was resolved. */
  suspicion: [suspicion: Suspicion];
  /** Half of the growth is gone again, or it has ended. `held` now: bytes, or a number. */
  resolved: [suspicion: Suspicion, held: number];
  snapshot: [snapshot: WatchSnapshot];
  /** Something could not be read, or the snapshot of a suspicion not be written. The watch goes on. */
  failure: [error: LeakError];
}

/** A watch over this process until `stop`, as `watchMemory` gives it. */
export class MemoryWatch extends EventEmitter<MemoryWatchEvents> {
  readonly #settings: WatchSettings;
  readonly #looks: readonly ResourceLooks[];
  readonly #readings: LiveReadings;
  readonly #cost: CostMeter = new CostMeter();
  readonly #startedMs: number = performance.now();
  #stoppedMs: number | undefined;
  #timer: NodeJS.Timeout;
  #intervalMs: number;
  #turn = 0;
  #isFailing = false;
  #firstSnapshot: FirstSnapshot | undefined;

  /** @throws {LeakError} `leak/option`. */
  constructor(options: WatchOptions) {
    super();
    this.#settings = watchSettings(options);
    const { intervalMs, cycleMs, warmupMs, snapshotDir } = this.#settings;
    this.#intervalMs = intervalMs;
    this.#looks = heldResources.map((resource) => new ResourceLooks(resource, this.#settings));
    const logs = Object.fromEntries(this.#looks.map(({ resource, log }) => [resource, log]));
    this.#readings = new LiveReadings(logs as Record<HeldResource, BinnedLog>, {
      intervalMs,
      longestMs: cycleMs,
      cost: this.#cost,
    });
    this.#timer = setTimeout(() => this.#tick(), warmupMs).unref();
    if (snapshotDir !== undefined) {
      this.#firstSnapshot = new FirstSnapshot(snapshotDir, {
        write: (file) => this.#write(file),
        failed: (error) => this.#fail(error),
      });
    }
  }

  /** What was seen so far, also after `stop`. */
  report(): WatchReport {
    const now = this.#stoppedMs ?? performance.now();
    const watchedMs = now - this.#startedMs;
    return {
      watchedMs,
      intervalMs: this.#intervalMs,
      fullCollections: this.#readings.fullCollections,
      findings: this.#looks.map((looks) => findingOf(looks, now)),
      cost: this.#cost.cost(watchedMs),
    };
  }

  /**
   * Writes a heap snapshot, also after `stop`. The service stands still meanwhile: some 0.2 s for each MiB of heap.
   *
   * @param file - Is replaced if it is there. Its owner alone may read it: it holds all texts of the program.
   * @param limit - `maxHeapBytes`: in place of `maxSnapshotHeapBytes`, for this one.
   * @throws {LeakError} `leak/snapshot-too-large`, `leak/snapshot-file`.
   */
  async takeSnapshot(file: string, limit: { readonly maxHeapBytes?: number } = {}): Promise<WatchSnapshot> {
    return this.#write(file, limit.maxHeapBytes);
  }

  /** Ends the watch: nothing is read after it, and no suspicion comes. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#readings.stop();
    this.#firstSnapshot = undefined;
    this.#stoppedMs ??= performance.now();
  }

  /** The same as `stop`. */
  [Symbol.dispose](): void {
    this.stop();
  }

  #tick(): void {
    let news: LookNews | undefined;
    let failed: unknown;
    this.#cost.measure(() => {
      try {
        const now = performance.now();
        this.#readings.read(now);
        // One resource at a time, so that the service never stands still for all of them.
        news = this.#looks[this.#turn++ % this.#looks.length]?.look(now);
      } catch (error) {
        failed = error;
      }
    });
    this.#intervalMs = Math.max(this.#settings.intervalMs, this.#cost.sinceLast() / MOST_SHARE);
    this.#timer = setTimeout(() => this.#tick(), this.#intervalMs).unref();
    const isNew = failed !== undefined && !this.#isFailing;
    this.#isFailing = failed !== undefined;
    // Last, since a listener may throw.
    if (isNew) this.#fail(failed);
    else if (news !== undefined) this.#tell(news);
  }

  #tell({ kind, suspicion, held }: LookNews): void {
    if (kind === 'suspicion') {
      this.#firstSnapshot?.suspected(suspicion.resource);
      this.emit('suspicion', suspicion);
    } else this.emit('resolved', suspicion, held);
  }

  #write(file: string, maxHeapBytes: number = this.#settings.maxSnapshotHeapBytes): WatchSnapshot {
    const snapshot = writeSnapshot(file, maxHeapBytes);
    this.emit('snapshot', snapshot);
    return snapshot;
  }

  #fail(error: unknown): void {
    if (error instanceof LeakError) {
      this.emit('failure', error);
      return;
    }
    const message = `What the service holds could not be read: ${describeError(error)}.`;
    const remedy = 'It is tried again; if that goes on, see whether the process has used up its descriptors.';
    this.emit('failure', new LeakError('leak/watch', message, { remedy, cause: error }));
  }
}
