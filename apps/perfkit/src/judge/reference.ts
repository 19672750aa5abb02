import type { Run, RunHeader } from '@perf/schema';
import type { Store } from '@perf/store';

/** The run that another one is judged against. */
export interface Reference {
  readonly run: Run;
  /** How reports call it. */
  readonly label: string;
}

/** Branches whose baseline serves where the own branch has none, in this order. */
const MAIN_BRANCHES = ['main', 'master'];

/**
 * The reference of a run that is about to start: the one named, else the baseline of its branch in its environment,
 * else that of the main branch. A baseline of another environment is never taken unless it is named.
 *
 * @throws {StoreError} if the run named is not in the store.
 */
export function referenceFor(store: Store, header: RunHeader, named?: string): Reference | undefined {
  if (named !== undefined) {
    const run = store.getRun(named);
    return { run, label: `run ${run.id.slice(0, 8)}` };
  }
  const branch = header.source.branch ?? '';
  for (const candidate of new Set([branch, ...MAIN_BRANCHES])) {
    const id = store.baseline({ branch: candidate, environment: header.environment.key });
    if (id !== undefined) {
      return {
        run: store.getRun(id),
        label: candidate === branch ? 'the baseline' : `the baseline of ${candidate}`,
      };
    }
  }
  return undefined;
}
