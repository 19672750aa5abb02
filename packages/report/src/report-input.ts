import type { Comparison, Run } from '@perf/schema';
import { ReportError } from './report-error.js';

/** What a report is drawn from. At least one of `run` and `comparison` is needed. */
export interface ReportInput {
  /** A run, finished or not, with its summaries, and with its comparison if it had a baseline. Read only. */
  readonly run?: Run | undefined;
  /** Two variants side by side. Goes before the comparison that the run carries. Read only. */
  readonly comparison?: Comparison | undefined;
  /** Heading of the report, any text. */
  readonly title?: string | undefined;
}

/**
 * The comparison that a report is about, if there is one.
 *
 * @throws {ReportError} `report/empty` if the input holds neither a run nor a comparison.
 */
export function comparisonOf({ run, comparison }: ReportInput): Comparison | undefined {
  if (run === undefined && comparison === undefined) {
    throw new ReportError('report/empty', 'There is nothing to report: neither a run nor a comparison.', {
      remedy: 'Give a finished run, a comparison or both.',
    });
  }
  return comparison ?? run?.comparison;
}
