import { performance } from 'node:perf_hooks';
import { hasBatchHooks, isTimedEach, runHook } from './batch-hooks.js';
import { runRounds, timeEach } from './rounds.js';
import type { Workload } from './workload.js';

/**
 * Runs one batch of rounds and gives the time that the measured function took in it [ns]. Hooks are run and not timed.
 *
 * @returns A promise where the function is asynchronous or has hooks; the time itself otherwise.
 * @throws what the function or a hook throws.
 *
 * Cost: two clock readings per batch, outside of what they time; with `beforeEach` or `afterEach` two per call, of
 * which one is in the time.
 */
export function timeBatch(workload: Workload, rounds: number): number | Promise<number> {
  return hasBatchHooks(workload.hooks) ? betweenHooks(workload, rounds) : timeRounds(workload, rounds);
}

async function betweenHooks(workload: Workload, rounds: number): Promise<number> {
  await runHook(workload.hooks.beforeBatch);
  const time = await timeRounds(workload, rounds);
  await runHook(workload.hooks.afterBatch);
  return time;
}

function timeRounds(workload: Workload, rounds: number): number | Promise<number> {
  if (isTimedEach(workload.hooks)) return timeEach(workload, rounds);
  const from = performance.now();
  const pending = runRounds(workload, rounds);
  return pending === undefined ? (performance.now() - from) * 1e6 : untilSettled(pending, from);
}

async function untilSettled(pending: Promise<void>, from: number): Promise<number> {
  await pending;
  return (performance.now() - from) * 1e6;
}
