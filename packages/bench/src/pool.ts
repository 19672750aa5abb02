/** A function and its argument, to be called so many times at once. */
export interface Calls {
  readonly fn: (input: unknown) => unknown;
  readonly input: unknown;
  /** Calls in flight at once; 1 for synchronous functions. */
  readonly concurrency: number;
}

/** Says when each of several loops begins another call. */
export interface Pool {
  /** Whether another call is to begin now. */
  begin(): boolean;
  /** A call has settled. */
  ended(): void;
}

/**
 * Holds as many calls in flight as its concurrency says: each of so many loops begins its next call as soon as
 * its last one has settled, until the pool says no. Resolves when all are through.
 *
 * @throws what the first call that fails throws; the other loops end with the call that they are in.
 */
export async function runPool({ fn, input, concurrency }: Calls, pool: Pool): Promise<void> {
  const state = { failed: false };
  await Promise.all(Array.from({ length: concurrency }, () => callWhile(fn, input, pool, state)));
}

/** Runs one loop of a pool on a function, without a workload. */
export async function callWhile(
  fn: Calls['fn'],
  input: unknown,
  pool: Pool,
  state: { failed: boolean },
): Promise<void> {
  while (!state.failed && pool.begin()) {
    try {
      await fn(input);
    } catch (error) {
      state.failed = true;
      throw error;
    }
    pool.ended();
  }
}

/** So many calls, by whichever loop is free. */
export function callsOf(calls: number): Pool {
  let left = calls;
  return {
    begin: () => {
      left -= 1;
      return left >= 0;
    },
    ended: () => undefined,
  };
}
