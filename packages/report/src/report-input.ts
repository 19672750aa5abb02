import type { Advice, Comparison, Run, Trend } from '@perf/schema';
import { ReportError } from './report-error.js';

/** What a report is drawn from. At least one of `run`, `comparison` and `trend` is needed. */
export interface ReportInput {
  /** A run, finished or not, with its summaries, and with its comparison if it had a baseline. Read only. */
  readonly run?: Run | undefined;
  /** Two variants side by side. Goes before the comparison that the run carries. Read only. */
  readonly comparison?: Comparison | undefined;
  /** How figures developed from run to run. Read only. */
  readonly trend?: Trend | undefined;
  /** What to do about the run, with evidence. Read only. */
  readonly advice?: Advice | undefined;
  /** Heading of the report, any text. */
  readonly title?: string | undefined;
}

/**
 * The comparison that a report is about, if there is one.
 *
 * @throws {ReportError} `report/empty` if the input holds neither a run, a comparison nor a trend.
 */
export function comparisonOf({ run, comparison, trend }: ReportInput): Comparison | undefined {
  if (run === undefined && comparison === undefined && trend === undefined) {
    throw new ReportError(
      'report/empty',
      'There is nothing to report: neither a run, a comparison nor a trend.',
      {
        remedy: 'Give a finished run, a comparison or a trend.',
      },
    );
  }
  return comparison ?? run?.comparison;
}
