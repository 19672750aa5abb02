import { performance } from 'node:perf_hooks';
import { setImmediate as loopTurn } from 'node:timers/promises';
import { isThenable } from '@perf/schema/core';

/** The event loop turns this often [ms], so that timers, sockets and signals of the measured code have their turn. */
const TURN_MS = 10;

/**
 * Calls a function so many times, one after the other; promises are awaited.
 *
 * @param limits - `untilMs`: no iteration begins after this time of `performance.now()`, but one always does;
 * `signal`: looked at whenever the event loop turns.
 * @returns Iterations that were done.
 * @throws whatever the function throws; the signal's reason once it is aborted.
 */
export async function iterate(
  call: () => unknown,
  iterations: number,
  limits: { readonly untilMs: number; readonly signal: AbortSignal },
): Promise<number> {
  let turnAt = performance.now() + TURN_MS;
  limits.signal.throwIfAborted();
  for (let done = 0; done < iterations; done += 1) {
    const now = performance.now();
    if (done > 0 && now >= limits.untilMs) return done;
    if (now >= turnAt) {
      await loopTurn();
      limits.signal.throwIfAborted();
      turnAt = performance.now() + TURN_MS;
    }
    const result = call();
    if (isThenable(result)) await result;
  }
  return iterations;
}
