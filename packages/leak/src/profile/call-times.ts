/**
 * Calls a function so many times, one after the other; promises are awaited. Itself it allocates nothing where the
 * function returns none: no clock is read, which would leave numbers on the heap.
 */
export async function callTimes(call: () => unknown, times: number): Promise<void> {
  for (let done = 0; done < times; done += 1) {
    const result = call();
    if (isThenable(result)) await result;
  }
}

/** Whether a value is awaited: a promise, or anything with a `then`. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return value !== null && typeof value === 'object' && 'then' in value && typeof value.then === 'function';
}
