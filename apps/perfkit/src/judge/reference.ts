import type { Run, RunHeader } from '@perf/schema';
import { nearestBaseline, type Store } from '@perf/store';

/** The run that another one is judged against. */
export interface Reference {
  readonly run: Run;
  /** How reports call it. */
  readonly label: string;
}

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
  const found = nearestBaseline(store, { branch, environment: header.environment.key });
  if (found === undefined) return undefined;
  const label = found.branch === branch ? 'the baseline' : `the baseline of ${found.branch}`;
  return { run: store.getRun(found.run), label };
}
