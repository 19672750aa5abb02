import { callerPlace } from '../caller-place.js';
import { collection } from '../collection.js';
import { refusal } from '../refusal.js';
import type { BenchLike, Fn, FnOptions, TaskLike } from './contract.js';
import { type NoFigures, noFigures } from './no-figures.js';
import { probeOf } from './probe-of.js';

/** One function of a bench, which perfkit measures as a probe of its own. */
export class Task extends EventTarget implements TaskLike {
  readonly bench: BenchLike;
  readonly name: string;
  readonly fn: Fn;
  readonly opts: FnOptions;
  /** No run of tinybench's happens here. */
  readonly runs: number = 0;
  readonly detectedResolution: undefined = undefined;
  readonly #place = callerPlace();
  #registered = false;

  constructor(bench: BenchLike, name: string, fn: Fn, opts: FnOptions = {}) {
    super();
    if (typeof fn !== 'function') {
      throw refusal('bench/not-a-function', `The task "${name}" has no function.`, {
        seen: typeof fn,
        remedy: 'Write bench.add(name, () => …).',
        place: this.#place,
      });
    }
    this.bench = bench;
    this.name = String(name);
    this.fn = fn;
    this.opts = opts;
  }

  get result(): NoFigures {
    return noFigures(this.bench.timestampProvider.name);
  }

  /** Registers it as a probe, once however often it is run. */
  register(): void {
    if (this.#registered) return;
    this.#registered = true;
    collection().add(this.bench.name, this.name, probeOf(this, this.#place));
  }

  async run(): Promise<this> {
    this.register();
    await collection().run();
    return this;
  }

  runSync(): this {
    this.register();
    collection().runSync();
    return this;
  }

  /** The warm-up is perfkit's. */
  async warmup(): Promise<void> {
    collection().touch();
  }

  warmupSync(): void {
    collection().touch();
  }

  reset(): void {
    collection().touch();
  }

  /** There are no results to change. */
  setResult(): void {
    collection().touch();
  }
}
