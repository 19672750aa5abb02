import { performance } from 'node:perf_hooks';
import { type HeldResource, readHeld } from '../held/read-held.js';
import { BinnedLog } from './binned-log.js';
import { FullCollections, oldGeneration } from './full-collections.js';
import { HeldAfterCollections } from './held-after-collections.js';
import type { CostMeter } from './watch-cost.js';

/**
 * Reads what this process holds into logs, without ever collecting garbage for it.
 *
 * The heap and the memory of buffers hold garbage until V8 does a full collection, so they count after one. Resident
 * memory is taken less V8's heap and those buffers; it, descriptors and handles count at once.
 */
export class LiveReadings {
  readonly #logs: Readonly<Record<HeldResource, BinnedLog>>;
  readonly #heap: HeldAfterCollections;
  readonly #external: HeldAfterCollections;
  readonly #collections: FullCollections;
  /** The last one that no reading came after: when, and what it left of the heap. */
  #collected: { readonly at: number; readonly heap: number } | undefined;
  #count = 0;

  /** @param longestMs - That readings between two collections reach back. @param cost - Gets what collections cost. */
  constructor(
    logs: Readonly<Record<HeldResource, BinnedLog>>,
    { intervalMs, longestMs, cost }: { intervalMs: number; longestMs: number; cost: CostMeter },
  ) {
    this.#logs = logs;
    this.#heap = new HeldAfterCollections(logs.heap, new BinnedLog(intervalMs, longestMs));
    this.#external = new HeldAfterCollections(logs.external, new BinnedLog(intervalMs, longestMs));
    this.#collections = new FullCollections(() =>
      cost.measure(() => {
        this.#collected = { at: performance.now(), heap: oldGeneration() };
      }),
    );
  }

  /** Full collections that were noticed: one between two readings at most. */
  get fullCollections(): number {
    return this.#count;
  }

  /** @param now - Of the monotonic clock [ms]. Throws what Node.js cannot read, such as for want of descriptors. */
  read(now: number): void {
    if (this.#collected !== undefined) {
      this.#heap.collected(this.#collected.at, this.#collected.heap);
      this.#external.collected(this.#collected.at, undefined);
      this.#collected = undefined;
      this.#count += 1;
    }
    this.#collections.arm();
    this.#heap.add(now, oldGeneration());
    const { external, rss, fd, handle } = readHeld();
    this.#external.add(now, external);
    this.#logs.rss.add(now, Math.max(0, rss - external));
    this.#logs.fd.add(now, fd);
    this.#logs.handle.add(now, handle);
  }

  stop(): void {
    this.#collections.stop();
  }
}
