import type { Workload } from './workload.js';

/**
 * Where the last two results go, so that V8 cannot drop the work that made them: they can be read from anywhere.
 *
 * Two places in turn, since a store to the same place that nobody reads before the next one is dropped with all that
 * led to it. It starts without elements, so that numbers stay unboxed.
 */
export const kept: unknown[] = new Array(2);

/**
 * Runs so many rounds of a workload; a round is one call, or `concurrency` calls.
 *
 * These loops stay the same functions for the life of the process, so that V8 optimises them once, during warm-up,
 * with the workload as their only callee. Nothing is unrolled: V8 would merge neighbouring calls.
 */
export function runRounds(workload: Workload, rounds: number): Promise<void> | undefined {
  if (!workload.asynchronous) {
    callInTurn(workload.call, rounds);
    return undefined;
  }
  if (workload.concurrency === 1) return awaitInTurn(workload.call, rounds);
  return awaitTogether(workload, rounds);
}

function callInTurn(call: () => unknown, rounds: number): void {
  for (let round = 0; round < rounds; round += 1) kept[round & 1] = call();
}

async function awaitInTurn(call: () => unknown, rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round += 1) await call();
}

/** As many loops as the workload has concurrency: each starts its next call as soon as its last one has settled. */
async function awaitTogether({ call, concurrency }: Workload, rounds: number): Promise<void> {
  await Promise.all(Array.from({ length: concurrency }, () => awaitInTurn(call, rounds)));
}
