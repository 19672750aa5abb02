import { getHeapSpaceStatistics } from 'node:v8';

/**
 * Notices full collections that V8 does by itself: an object that nothing holds is only given back by one of those, and
 * then V8 tells so. A `PerformanceObserver` would be told of each scavenge too, hundreds of times a second in a busy
 * service.
 *
 * One collection is noticed each time that it is armed. It does not keep the program alive.
 *
 * Cost: nothing until a full collection comes, then some microseconds.
 */
export class FullCollections {
  readonly #registry: FinalizationRegistry<undefined>;
  #armed = false;
  #stopped = false;

  /** @param noticed - Called in a turn of the event loop soon after a collection. Must not throw. */
  constructor(noticed: () => void) {
    this.#registry = new FinalizationRegistry(() => {
      this.#armed = false;
      if (!this.#stopped) noticed();
    });
  }

  arm(): void {
    if (this.#armed) return;
    this.#armed = true;
    this.#registry.register({}, undefined);
  }

  stop(): void {
    this.#stopped = true;
  }
}

/**
 * Used bytes of V8's heap without its young generation, which is mostly garbage and comes and goes by megabytes. A full
 * collection moves all that is held out of it.
 *
 * Cost: some microseconds.
 */
export function oldGeneration(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name }) => !space_name.startsWith('new_'))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0);
}
