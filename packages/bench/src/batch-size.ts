import { performance } from 'node:perf_hooks';
import { clockStep } from '@perf/monitor';
import { runRounds } from './rounds.js';
import type { Workload } from './workload.js';

/** Length of a batch [ns]: long against the clock, short against the time slice of a scheduler. */
const BATCH_NS = 500_000;
/** A batch is at least this many steps of the clock, so that rounding stays below 0.1 %. */
const CLOCK_STEPS = 1000;

/**
 * Rounds per batch for a function that takes so long per round: a power of two, so that the processes of a run,
 * whose speed differs by a few percent, choose the same.
 *
 * @param roundNs - Time of one round of `concurrency` calls [ns].
 */
export function batchSize(roundNs: number): number {
  const wanted = Math.max(BATCH_NS, CLOCK_STEPS * clockStep()) / Math.max(roundNs, 0.1);
  return Math.max(1, 2 ** Math.round(Math.log2(wanted)));
}

/**
 * First guess of a round's time [ns], from doubling the number of rounds until they take a tenth of a batch.
 *
 * The code is still cold, so the guess is high; warming up corrects it.
 */
export async function coldRoundTime(workload: Workload): Promise<number> {
  for (let rounds = 1; ; rounds *= 2) {
    const startedAt = performance.now();
    await runRounds(workload, rounds);
    const elapsed = (performance.now() - startedAt) * 1e6;
    if (elapsed >= BATCH_NS / 10) return elapsed / rounds;
  }
}
