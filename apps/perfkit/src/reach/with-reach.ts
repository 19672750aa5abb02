import type { JudgedRun } from '../judge/judged-run.js';
import { hasSameCode, type ReachPlan, reachOf } from './reach-of.js';

/** What the command line says of it. */
export interface ReachFlags {
  readonly reach: boolean;
}

/**
 * A judged run whose comparison says of each probe whether the diff reached it; the run as it is where nobody asked for
 * that, or the measuring was interrupted.
 *
 * @param say - Told what takes time now.
 */
export async function withReach(
  run: JudgedRun,
  { reach }: ReachFlags,
  plan: ReachPlan & { readonly say: (line: string) => void },
): Promise<JudgedRun> {
  const { comparison } = run;
  if (!reach || comparison === undefined || plan.signal.aborted) return run;
  if (!hasSameCode(plan)) plan.say('Looking at which code each probe executes; --no-reach leaves that out.');
  return { ...run, comparison: await reachOf(comparison, plan) };
}
