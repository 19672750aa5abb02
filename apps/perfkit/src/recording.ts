import { type MeasurePlan, measureVariants } from '@perf/runner';
import { type Run, type RunHeader, runId } from '@perf/schema';
import type { Store } from '@perf/store';
import type { Selection } from './selection.js';
import type { Progress } from './terminal/progress.js';

/**
 * Measures a plan. Each variant's run grows in memory and, measurement by measurement, in the store: a kill costs at
 * most the one under way.
 *
 * @param headers - Of the runs, one for each variant, in their order.
 * @returns The runs as far as they came, still `running`.
 * @throws {UsageError} `usage/nothing-selected`, before anything is stored, if the selection leaves nothing to measure.
 */
export async function recordRuns(
  plan: MeasurePlan,
  headers: readonly RunHeader[],
  { store, selection, progress }: { store: Store; selection: Selection; progress: Progress },
): Promise<Run[]> {
  const runs = headers.map(
    (header): Run => ({ ...header, id: runId(header), status: 'running', measurements: [] }),
  );
  let begun = false;
  for await (const event of measureVariants({ ...plan, select: selection.select })) {
    const empty = event.type === 'planned' && event.total === 0;
    if (empty && !plan.signal.aborted && runs.every(({ measurements }) => measurements.length === 0)) {
      throw selection.nothing();
    }
    if (!begun) for (const header of headers) store.beginRun(header);
    begun = true;
    if (event.type === 'planned') progress.planned(event.total);
    if (event.type === 'starting') progress.starting(event.probe);
    if (event.type === 'measured') {
      const run = runs[event.variant] as Run;
      store.appendMeasurement(run.id, event.measurement);
      run.measurements.push(event.measurement);
      if (event.measurement.probe.kind !== 'file') progress.measured();
    }
  }
  progress.end();
  return runs;
}
