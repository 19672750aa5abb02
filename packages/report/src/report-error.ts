import { PerfError } from '@perf/schema';

/**
 * A report that cannot be drawn: `report/empty` when there is neither a run, a comparison nor a trend, and
 * `report/no-bundle` when the package was not built and an interactive page is asked for.
 */
export class ReportError extends PerfError {
  override readonly name = 'ReportError';
}
