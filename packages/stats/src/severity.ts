import type { Better, Severity } from '@perf/schema';
import { isAbove, isBelow } from './rounding.js';

/**
 * Grades a regression by how many times as bad b is as a: minor below 1.5 times (+50 %), moderate from there to
 * 3 times (+200 %) inclusive, critical above.
 *
 * @param ratio - b over a, > 0.
 * @param better - Whether lower or higher values are good; for `higher`, half the value is twice as bad.
 */
export function severityOf(ratio: number, better: Better): Severity {
  const worse = better === 'lower' ? ratio : 1 / ratio;
  if (isBelow(worse, 1.5)) return 'minor';
  return isAbove(worse, 3) ? 'critical' : 'moderate';
}
