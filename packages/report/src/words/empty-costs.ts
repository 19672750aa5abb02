import type { Summary } from '@perf/schema';
import { metricUnit } from './metric-unit.js';
import { formatQuantity } from './quantity.js';

/** Below this, what calling itself costs is a part of the reading that matters [ns]. */
const SHORT_NS = 1000;

/**
 * What calling and awaiting cost in the processes that measured a short function: ` Empty there: a call 2.4 ns, an await
 * 31 ns.` Nothing for longer functions, or where it was not measured.
 *
 * @param summaries - Of one probe.
 */
export function emptyCostNote(summaries: readonly Summary[]): string {
  const of = (metric: string) => summaries.find((summary) => summary.metric === metric);
  const [time, call, wait] = [of('time'), of('empty_call'), of('empty_await')];
  if (time === undefined || call === undefined || wait === undefined) return '';
  if (time.estimate >= SHORT_NS) return '';
  const quantity = ({ metric, unit, estimate }: Summary) =>
    formatQuantity(estimate, metricUnit(metric, unit));
  return ` Empty there: a call ${quantity(call)}, an await ${quantity(wait)}.`;
}
