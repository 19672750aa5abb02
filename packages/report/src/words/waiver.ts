import type { Compared } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';

/** Longest reason in a sentence [columns]. */
const LONGEST_REASON = 400;

/**
 * That people accept a regression for a while, as a sentence beside its verdict:
 * `Accepted until 2026-12-31: the new parser is slower.` Nothing where nobody does.
 */
export function waiverSentence({
  waiver,
  severity,
}: Pick<Compared, 'waiver' | 'severity'>): string | undefined {
  if (waiver === undefined) return undefined;
  const reason = clip(visible(waiver.reason), LONGEST_REASON).replace(/\.$/, '');
  if (waiver.holds) {
    const much = severity === 'critical' ? ' although it is critical' : '';
    return `Accepted${much} until ${waiver.until}: ${reason}.`;
  }
  return severity === 'critical'
    ? `A waiver until ${waiver.until} does not cover critical regressions (${reason}).`
    : `Was accepted until ${waiver.until}, which is over: ${reason}.`;
}
