import { performance } from 'node:perf_hooks';
import { clockStep } from '@perf/monitor';
import { timeBatch } from './time-batch.js';
import type { Workload } from './workload.js';

/**
 * Length of a batch [ns]: long against the clock, and short against the time slice of a scheduler and against the time
 * between two collections of garbage. If about every batch had one in it, whether the median has would be chance.
 */
const BATCH_NS = 100_000;
/** A batch is at least this many steps of the clock, so that rounding stays below 0.1 %. */
const CLOCK_STEPS = 1000;

/**
 * Rounds per batch for a function that takes so long per round: a power of two, so that the processes of a run,
 * whose speed differs by a few percent, choose the same.
 *
 * @param roundNs - Time of one round of `concurrency` calls, with what runs between them [ns].
 */
export function batchSize(roundNs: number): number {
  const wanted = Math.max(BATCH_NS, CLOCK_STEPS * clockStep()) / Math.max(roundNs, 0.1);
  return Math.max(1, 2 ** Math.round(Math.log2(wanted)));
}

/** A try that takes longer than this is not made twice [ns]. */
const SLOW_NS = 20 * BATCH_NS;

/**
 * First guess of a round's time [ns], from doubling the number of rounds until they take half of a batch.
 *
 * The code is still cold, so the guess is high; warming up corrects it. A try that took long enough is made again where
 * that is cheap: the first time, compiling is most of it.
 *
 * @param onBatch - Called with the time per round of each try [ns], in order.
 */
export async function coldRoundTime(workload: Workload, onBatch: (time: number) => void): Promise<number> {
  const once = async (rounds: number): Promise<number> => {
    const startedAt = performance.now();
    onBatch((await timeBatch(workload, rounds)) / rounds);
    return (performance.now() - startedAt) * 1e6;
  };
  const enough = BATCH_NS / 2;
  for (let rounds = 1; ; rounds *= 2) {
    let elapsed = await once(rounds);
    if (elapsed >= enough && elapsed < SLOW_NS) elapsed = Math.min(elapsed, await once(rounds));
    if (elapsed >= enough) return elapsed / rounds;
  }
}
