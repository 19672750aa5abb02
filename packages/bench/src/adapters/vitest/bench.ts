import { callerPlace } from '../caller-place.js';
import { refusal } from '../refusal.js';
import { type Leaf, type Mark, nameOf } from './node.js';
import { append } from './tree.js';

type AddBench = (name: unknown, fn?: Leaf['fn'], options?: Leaf['options']) => void;

/** Vitest's `bench`, with its marks in any order. */
export interface BenchApi extends AddBench {
  readonly skip: BenchApi;
  readonly only: BenchApi;
  readonly todo: BenchApi;
  skipIf(condition: unknown): BenchApi;
  runIf(condition: unknown): BenchApi;
}

/** Describes a benchmark in the current group. */
export const bench: BenchApi = benchWith(undefined);

function benchWith(mark: Mark): BenchApi {
  const add: AddBench = (name, fn, options = {}) => {
    if (fn !== undefined && typeof fn !== 'function') refuse(nameOf(name), fn);
    append({
      name: nameOf(name),
      mark: fn === undefined ? 'todo' : mark,
      fn: fn ?? (() => undefined),
      options,
    });
  };
  return Object.defineProperties(add, {
    skip: { get: () => benchWith('skip') },
    only: { get: () => benchWith(mark ?? 'only') },
    todo: { get: () => benchWith('todo') },
    skipIf: { value: (condition: unknown) => benchWith(condition ? 'skip' : mark) },
    runIf: { value: (condition: unknown) => benchWith(condition ? mark : 'skip') },
  }) as BenchApi;
}

function refuse(name: string, seen: unknown): never {
  throw refusal('bench/not-a-function', `The benchmark "${name}" has no function.`, {
    seen: typeof seen,
    remedy: "Write bench('name', () => …).",
    place: callerPlace(),
  });
}
