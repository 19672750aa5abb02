import { performance } from 'node:perf_hooks';
import { setImmediate as loopTurn } from 'node:timers/promises';
import { isThenable } from '@perf/schema/core';
import type { Limits } from './subject.js';

/** The event loop turns this often [ms], so that timers, sockets and signals of the measured code have their turn. */
const TURN_MS = 10;

/**
 * Calls a function so many times, one after the other or so many at once; promises are awaited.
 *
 * @param limits - `untilMs`: no iteration begins after this time of `performance.now()`, but one always does;
 * `signal`: looked at whenever the event loop turns; `concurrency`: calls in flight, default 1.
 * @returns Iterations that were done.
 * @throws whatever the function throws, once all calls in flight have ended; the signal's reason once it is aborted.
 */
export async function iterate(
  call: () => unknown,
  iterations: number,
  limits: Limits & { readonly concurrency?: number },
): Promise<number> {
  const { concurrency = 1 } = limits;
  limits.signal.throwIfAborted();
  if (concurrency === 1 || iterations === 1) return oneByOne(call, iterations, limits);
  const lanes = Math.min(concurrency, iterations);
  const done = await Promise.allSettled(
    Array.from({ length: lanes }, (_, lane) =>
      oneByOne(call, Math.floor((iterations + lane) / lanes), limits),
    ),
  );
  return done.reduce((sum, lane) => {
    if (lane.status === 'rejected') throw lane.reason;
    return sum + lane.value;
  }, 0);
}

async function oneByOne(call: () => unknown, iterations: number, limits: Limits): Promise<number> {
  let turnAt = performance.now() + TURN_MS;
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
