import { isThenable } from '@perf/schema/core';

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
