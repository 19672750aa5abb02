import type { BaselinePlace, BaselineRow } from './baselines.js';
import type { Store } from './store.js';

/** Branches whose baseline serves where the own branch has none, in this order. */
const mainBranches = ['main', 'master'];

/**
 * The baseline of a branch in an environment, else that of the main branch there. One of another environment is never
 * taken: its figures are another machine's.
 *
 * @returns The run with the branch whose baseline it is; undefined if there is none.
 */
export function nearestBaseline(
  store: Store,
  { branch, environment }: BaselinePlace,
): BaselineRow | undefined {
  for (const candidate of new Set([branch, ...mainBranches])) {
    const run = store.baseline({ branch: candidate, environment });
    if (run !== undefined) return { branch: candidate, environment, run };
  }
  return undefined;
}
