import type { PerfError, Probe } from '@perf/schema/core';
import { adaptedProbe, type Prepared } from '../adapted-probe.js';
import { refusal } from '../refusal.js';
import { type ArgumentSpace, paramsOf, valuesAt } from './arguments.js';
import { preparedYield } from './prepared-yield.js';

/** What a benchmark function is given: the values of its arguments by name. */
export interface State {
  get(name: string): unknown;
}

/** A function that is measured, or a generator that prepares and yields one. */
export type Benchmark = (state: State) => unknown;

interface Described {
  readonly f: Benchmark;
  readonly name: string;
  /** Its arguments. */
  readonly space: ArgumentSpace;
  readonly place: PerfError['place'];
}

/** A benchmark as a probe, with its arguments as parameters. */
export function probeOf(described: Described): Probe {
  const { space } = described;
  return adaptedProbe((point) => prepared(described, valuesAt(space, point)), { params: paramsOf(space) });
}

async function prepared(
  { f, name, place }: Described,
  values: Readonly<Record<string, unknown>>,
): Promise<Prepared> {
  const state: State = { get: (key) => values[key] };
  if (/^(Async)?GeneratorFunction$/.test(f.constructor.name)) {
    return await preparedYield(f(state) as Generator<unknown>, { name, place }, values);
  }
  if (f.length > 0) {
    throw refusal('bench/unsupported', `The benchmark "${name}" loops over its state by itself.`, {
      remedy:
        'Write a generator: function* (state) { …; yield () => …; }. It prepares, and yields what is measured.',
      place,
    });
  }
  const fn = f as () => unknown;
  return { fn: () => fn() };
}
