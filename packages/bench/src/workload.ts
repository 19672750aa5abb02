import { BenchError } from './bench-error.js';

/** What is measured, ready to be called without arguments. */
export interface Workload {
  /** Runs the measured function once; gives its promise when it is asynchronous. */
  readonly call: () => unknown;
  readonly asynchronous: boolean;
  /** Calls in flight at once; 1 for synchronous functions. */
  readonly concurrency: number;
}

/**
 * Calls the function once to see whether it is asynchronous, and binds its argument.
 *
 * @throws {BenchError} `bench/sync-concurrency` if a synchronous function is to run concurrently.
 */
export async function workloadOf<Input>(
  fn: (input: Input) => unknown,
  input: Input,
  concurrency: number,
): Promise<Workload> {
  const first = fn(input);
  if (first instanceof Promise) {
    await first;
    return { call: () => fn(input), asynchronous: true, concurrency };
  }
  if (isThenable(first)) {
    await first;
    return { call: async () => await fn(input), asynchronous: true, concurrency };
  }
  if (concurrency > 1) {
    throw new BenchError(
      'bench/sync-concurrency',
      `A synchronous function cannot run ${concurrency} times at once.`,
      { seen: concurrency, remedy: 'Return a promise, or leave "concurrency" out.' },
    );
  }
  return { call: () => fn(input), asynchronous: false, concurrency: 1 };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return value !== null && typeof value === 'object' && 'then' in value && typeof value.then === 'function';
}
