import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { collectGarbage } from '@perf/monitor';

/** Finalisers run after one collection and let go of what the next one takes. */
const LEAST_ROUNDS = 5;
const PAUSE_MS = 10;

/**
 * Whether an object is alive after so much time, and five full collections at least with turns of the event loop between
 * them. Ends once it is gone.
 *
 * @param settleMs - Time that the program has to let go of it [ms].
 * @throws the signal's reason once it is aborted.
 */
export async function outlives(
  reference: WeakRef<object>,
  settleMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const until = performance.now() + settleMs;
  for (let round = 1; ; round += 1) {
    // A reference that was made or read holds its object until the loop turns.
    await pause(round === 1 ? 1 : PAUSE_MS);
    signal?.throwIfAborted();
    collectGarbage();
    if (!isAlive(reference)) return false;
    if (round >= LEAST_ROUNDS && performance.now() >= until) return true;
  }
}

function isAlive(reference: WeakRef<object>): boolean {
  return reference.deref() !== undefined;
}
