import type { Severity } from '@perf/schema';
import { severityOf } from '@perf/stats';

/**
 * Grades a cost by what the code would gain without it, on the scale that grades regressions: a share of 1/3 makes it
 * 1.5 times as slow (moderate), one above 2/3 more than 3 times (critical).
 *
 * @param share - Of time or throughput, in [0, 1].
 */
export function severityOfShare(share: number): Severity {
  return severityOf(1 / Math.max(1 - share, Number.EPSILON), 'lower');
}
