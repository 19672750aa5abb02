import { performance } from 'node:perf_hooks';
import type { Budget, Probe, ProbeContext } from '@perf/schema/core';

/** Time for rounds of a probe that is only watched [ms]: enough for what happens once in thousands of operations. */
const BRIEF_MS = 100;

/** What a probe without rounds of its own is told to spend; loads and leak hunts are cut to their least. */
export const briefBudget: Budget = { timeMs: BRIEF_MS, warmupMs: 1, share: 0.01 };

/** Runs a probe once or for about 0.1 s, whatever is longer. Rejects if the measured code fails. */
export async function runBriefly(probe: Probe, context: ProbeContext): Promise<void> {
  if (probe.open === undefined) {
    await probe.measure(context);
    return;
  }
  const live = await probe.open(context);
  try {
    const until = performance.now() + BRIEF_MS;
    for (let rounds = 1; performance.now() < until; rounds *= 2) {
      context.signal.throwIfAborted();
      await live.run(rounds);
    }
  } finally {
    await live.close();
  }
}
