import { randomUUID } from 'node:crypto';
import type { Failure } from '@perf/schema';
import { failureOfEnding } from './failed-measurement.js';
import { LOADING_DEADLINE_MS } from './list-probes.js';
import type { MeasurePlan, Variant } from './plan.js';
import { runTask } from './probe-process.js';
import { startReaper } from './reaper/reaper.js';

/** How loading one perf file of a variant went. */
export interface Tried {
  /** Absolute path. */
  readonly file: string;
  /** Whether it, or a module of it, took a package from where the variant's `replace` says. */
  readonly replaced: boolean;
  /** Why it cannot be loaded, or gives no probes. */
  readonly failure?: Failure;
}

/**
 * Loads perf files of a variant, each in a process of its own as for measuring, and measures nothing.
 *
 * @returns One entry for each of its files, in their order; fewer if the signal is aborted.
 */
export async function tryFiles(
  variant: Variant,
  { loading, signal }: Pick<MeasurePlan, 'loading' | 'signal'>,
): Promise<Tried[]> {
  const marker = randomUUID();
  const reaper = startReaper(marker);
  const tried: Tried[] = [];
  try {
    for (const file of variant.files) {
      const ending = await runTask(
        { do: 'list', file },
        { variant, loading, signal, marker, reaper, deadlineMs: LOADING_DEADLINE_MS },
      );
      if (ending.how === 'interrupted') break;
      const answer = ending.how === 'answered' ? ending.answer : undefined;
      tried.push(
        answer?.did === 'list'
          ? { file, replaced: answer.replaced === true }
          : { file, replaced: false, failure: failureOfEnding(ending, LOADING_DEADLINE_MS).error },
      );
    }
  } finally {
    reaper.dismiss();
  }
  return tried;
}
