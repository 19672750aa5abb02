import type { Run, RunHeader } from '@perf/schema';
import { nearestBaseline, type Store } from '@perf/store';
import { gitIn } from '../variants/git.js';
import { forkPoint } from '../variants/git-commit.js';

/** The run that another one is judged against. */
export interface Reference {
  readonly run: Run;
  /** How reports call it. */
  readonly label: string;
}

/**
 * The reference of a run that is about to start: the one named, else the baseline of its branch in its environment, else
 * a complete run there of the commit at which the branch left the default one, else the baseline of the main branch. A
 * run of another environment is never taken unless it is named.
 *
 * @param folder - In the work tree that is measured.
 * @throws {StoreError} if the run named is not in the store.
 */
export async function referenceFor(
  store: Store,
  header: RunHeader,
  folder: string,
  named?: string,
): Promise<Reference | undefined> {
  if (named !== undefined) {
    const run = store.getRun(named);
    return { run, label: `run ${run.id.slice(0, 8)}` };
  }
  const branch = header.source.branch ?? '';
  const { key: environment } = header.environment;
  const found = nearestBaseline(store, { branch, environment });
  if (found?.branch !== branch && header.source.commit !== undefined) {
    const base = await forkPoint(gitIn(folder));
    const runs = base === undefined ? [] : store.listRuns({ environment, status: 'complete' });
    const row = runs.find(({ commit, dirty }) => commit === base && dirty !== true);
    if (row !== undefined) {
      return { run: store.getRun(row.id), label: `the run of the merge base, ${base?.slice(0, 7)}` };
    }
  }
  if (found === undefined) return undefined;
  const label = found.branch === branch ? 'the baseline' : `the baseline of ${found.branch}`;
  return { run: store.getRun(found.run), label };
}
