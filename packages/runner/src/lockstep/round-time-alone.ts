import { performance } from 'node:perf_hooks';
import type { LiveProbe } from '@perf/schema/core';

/** Rounds are doubled until they take this long [ns]. */
const ENOUGH_NS = 100_000;
/** Length of the batches after that [ns]. */
const BATCH_NS = 500_000;

/**
 * Warms a probe up a little, alone, and gives the time of one of its rounds [ns]: enough to size the first turns.
 *
 * @param limitMs - Begins no batch after this time [ms]; the first is always run.
 */
export async function roundTimeAlone(probe: LiveProbe, limitMs: number): Promise<number> {
  const until = performance.now() + limitMs;
  let rounds = 1;
  let time = await probe.run(rounds);
  while (time < ENOUGH_NS && performance.now() < until) {
    rounds *= 2;
    time = await probe.run(rounds);
  }
  let roundNs = time / rounds;
  while (performance.now() < until) {
    rounds = Math.max(1, Math.round(BATCH_NS / roundNs));
    roundNs = Math.max(0.1, (await probe.run(rounds)) / rounds);
  }
  return Math.max(0.1, roundNs);
}
