import { median } from '@perf/stats';
import { timeBatch } from './time-batch.js';
import type { Workload } from './workload.js';

/** Rounds are doubled until a batch takes so long [ns]. */
const BATCH_NS = 250_000;
/** Batches, the first of which warm up. */
const BATCHES = 24;
const WARM_BATCHES = 12;

/** What calling and awaiting cost in this process when there is nothing to do [ns]. */
export interface EmptyCosts {
  readonly call: number;
  readonly await: number;
}

/**
 * Measures an empty function and an empty asynchronous one in the loops that the workload runs in, with the clock where
 * the workload has it.
 *
 * Cost: some 15 ms.
 */
export async function emptyCosts(workload: Workload): Promise<EmptyCosts> {
  const { beforeEach, afterEach } = workload.hooks;
  const nothing = () => undefined;
  const hooks = {
    ...(beforeEach !== undefined && { beforeEach: nothing }),
    ...(afterEach !== undefined && { afterEach: nothing }),
  };
  const common = { input: workload.input, bare: workload.bare, concurrency: 1, hooks, firstCallNs: 0 };
  return {
    call: await costOf({ ...common, fn: nothing, asynchronous: false }),
    await: await costOf({ ...common, fn: async () => undefined, asynchronous: true }),
  };
}

async function costOf(workload: Workload): Promise<number> {
  let rounds = 1024;
  while ((await timeBatch(workload, rounds)) < BATCH_NS) rounds *= 2;
  const times: number[] = [];
  for (let batch = 0; batch < BATCHES; batch += 1) times.push((await timeBatch(workload, rounds)) / rounds);
  return median(times.slice(WARM_BATCHES));
}
