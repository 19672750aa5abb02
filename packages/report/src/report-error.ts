import { PerfError } from '@perf/schema';

/** A report that cannot be drawn: `report/empty` when there is neither a run nor a comparison. */
export class ReportError extends PerfError {
  override readonly name = 'ReportError';
}
