import { advise } from '@perf/advise';
import type { Advice, Run } from '@perf/schema';

/**
 * What follows from a run.
 *
 * @param baseline - What it was compared with, if that is at hand: with it the place of a regression is known better.
 */
export function adviceOn(run: Run, baseline: Run | undefined): Advice {
  return advise(run, baseline === undefined ? {} : { baseline });
}
