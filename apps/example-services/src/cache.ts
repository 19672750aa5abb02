import { LRUCache } from 'lru-cache';

export interface CacheOptions<Value> {
  /** Gets a value that is not cached. Called once however many callers wait for it. */
  load(key: string): Promise<Value>;
  /** How many values are kept; the least recently used goes first. */
  readonly max: number;
  /** How long a value is good for [ms], from when it was stored. */
  readonly ttlMs: number;
  /** Monotonic clock [ms], positive. Default `performance.now`. */
  readonly now?: () => number;
}

/** How a cache did since it was made. A caller of `get` or `fetch` counts once. */
export interface CacheStats {
  readonly hits: number;
  /** Found nothing. With `fetch`, this caller started the load. */
  readonly misses: number;
  /** Found a load under way and waited for it. */
  readonly joined: number;
  readonly evictions: number;
  /** Values kept now, expired ones that nobody asked for included. */
  readonly size: number;
  /** Share of callers that started no load and did not go away empty-handed, in [0, 1]; 0 without callers. */
  readonly hitRate: number;
}

/** A bounded cache that loads what it lacks, once per key at a time. Failed loads are not kept. */
export class LoadingCache<Value extends {}> {
  readonly #entries: LRUCache<string, Value>;
  #hits = 0;
  #misses = 0;
  #joined = 0;
  #evictions = 0;

  constructor({ load, max, ttlMs, now = () => performance.now() }: CacheOptions<Value>) {
    this.#entries = new LRUCache<string, Value>({
      max,
      ttl: ttlMs,
      perf: { now },
      // By default a timer refreshes the clock, and no timer fires while code runs without a pause.
      ttlResolution: 0,
      fetchMethod: (key) => load(key),
      // A value that is evicted while it loads still goes to those who wait for it.
      ignoreFetchAbort: true,
      dispose: (_value, _key, reason) => {
        if (reason === 'evict') this.#evictions += 1;
      },
    });
  }

  /** The value if it is cached and good. Starts no load. */
  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) this.#misses += 1;
    else this.#hits += 1;
    return value;
  }

  /** The value, loaded if need be. Rejects as `load` did, for everyone who waited for it. */
  async fetch(key: string): Promise<Value> {
    const status: LRUCache.Status<string, Value> = {};
    const value = this.#entries.fetch(key, { status });
    if (status.fetch === 'hit') this.#hits += 1;
    else if (status.fetch === 'inflight') this.#joined += 1;
    else this.#misses += 1;
    // `undefined` is only there in the types: the loader gives a value or rejects.
    return (await value) as Value;
  }

  set(key: string, value: Value): void {
    this.#entries.set(key, value);
  }

  /** Whether there was one. A load under way goes on, but its value is not kept. */
  delete(key: string): boolean {
    return this.#entries.delete(key);
  }

  stats(): CacheStats {
    const served = this.#hits + this.#joined;
    const callers = served + this.#misses;
    return {
      hits: this.#hits,
      misses: this.#misses,
      joined: this.#joined,
      evictions: this.#evictions,
      size: this.#entries.size,
      hitRate: callers === 0 ? 0 : served / callers,
    };
  }
}
