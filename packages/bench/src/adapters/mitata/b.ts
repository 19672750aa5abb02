import type { PerfError } from '@perf/schema/core';
import { callerPlace } from '../caller-place.js';
import { collection } from '../collection.js';
import { refusal } from '../refusal.js';
import { type ArgumentSpace, denseRangeOf, paramsOf, rangeOf } from './arguments.js';
import { currentGroup } from './groups.js';
import { type Trial, trialOf } from './no-figures.js';
import { type Benchmark, probeOf } from './probe-of.js';

/** One benchmark and its arguments: the API of mitata's `B`. */
export class B {
  readonly f: Benchmark;
  _args: Record<string, readonly unknown[]> = {};
  _name = '';
  readonly #place: PerfError['place'] = callerPlace();
  #group: string | undefined;
  #registered = false;

  constructor(name: string, f: Benchmark) {
    if (typeof f !== 'function') {
      throw refusal('bench/not-a-function', `The benchmark "${String(name)}" has no function.`, {
        seen: typeof f,
        remedy: "Write bench('name', () => …).",
        place: this.#place,
      });
    }
    this.f = f;
    this.name(name);
    this.#group = currentGroup();
  }

  name(name: string): this {
    this._name = String(name);
    return this;
  }

  /** perfkit collects garbage before it samples, and only then: what is collected later is shown apart, as `gc`. */
  gc(_mode?: 'once' | 'inner' | boolean): this {
    return this;
  }

  highlight(_color?: string | false): this {
    return this;
  }

  compact(_on?: boolean): this {
    return this;
  }

  /** What a result is compared with is perfkit's own: a stored baseline, or another version. */
  baseline(_on?: boolean): this {
    return this;
  }

  range(name: string, start: number, end: number, factor = 8): this {
    return this.args(name, rangeOf(start, end, factor));
  }

  dense_range(name: string, start: number, end: number, step = 1): this {
    return this.args(name, denseRangeOf(start, end, step));
  }

  /** Values of one argument, of several by name, or of `x`; null takes them back. */
  args(name: string | readonly unknown[] | ArgumentSpace | null, values?: readonly unknown[] | null): this {
    if (name === null) delete this._args.x;
    else if (isList(name)) this._args.x = name;
    else if (typeof name === 'object') for (const key of Object.keys(name)) this.#set(key, name[key]);
    else this.#set(name, values);
    return this;
  }

  /** Registers it as a probe, once however often it is run. A benchmark whose argument has no values is none. */
  register(): void {
    if (this.#registered || Object.values(this._args).some(({ length }) => length === 0)) return;
    this.#registered = true;
    const { f, _name: name } = this;
    const probe = probeOf({ f, name, space: { ...this._args }, place: this.#place });
    collection().add(this.#group, name, probe);
  }

  async run(_throws?: boolean): Promise<Trial> {
    this.register();
    await collection().run();
    return this.trial();
  }

  /** A result that holds no figures. */
  trial(): Trial {
    return trialOf(this._name, this._args, paramsOf(this._args));
  }

  #set(name: string, values: readonly unknown[] | null | undefined): void {
    if (values === null || values === undefined) delete this._args[name];
    else if (isList(values)) this._args[name] = values;
    else throw new TypeError(`The values of the argument "${name}" are no array.`);
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
