import { PerfError, type Run } from '@perf/schema';
import type { Store } from '@perf/store';

/** The run that a run was judged against, if it was, and if that is in the store too. */
export function baselineOf(store: Store, run: Run): Run | undefined {
  const id = run.comparison?.variants.a.run;
  if (id === undefined) return undefined;
  try {
    return store.getRun(id);
  } catch (error) {
    if (error instanceof PerfError && error.code === 'store/unknown-run') return undefined;
    throw error;
  }
}
