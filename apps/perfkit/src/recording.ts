import { type MeasurePlan, measureVariants } from '@perf/runner';
import { describeError, type Run, type RunHeader, runId } from '@perf/schema';
import type { Store } from '@perf/store';
import type { Selection } from './selection.js';
import type { Progress } from './terminal/progress.js';

/**
 * Measures a plan. Each variant's run grows in memory and, measurement by measurement, in the store: a kill costs at
 * most the one under way.
 *
 * @param headers - Of the runs, one for each variant, in their order.
 * @returns The runs as far as they came, still `running`, and why the store took no more, if it did not take all:
 * measuring goes on without it.
 * @throws {UsageError} `usage/nothing-selected`, before anything is stored, if the selection leaves nothing to measure.
 */
export async function recordRuns(
  plan: MeasurePlan,
  headers: readonly RunHeader[],
  { store, selection, progress }: { store: Store; selection: Selection; progress: Progress },
): Promise<{ runs: Run[]; unstored?: Error }> {
  const runs = headers.map(
    (header): Run => ({ ...header, id: runId(header), status: 'running', measurements: [] }),
  );
  let begun = false;
  let unstored: Error | undefined;
  const keep = (write: () => void) => {
    if (unstored !== undefined) return;
    try {
      write();
    } catch (error) {
      unstored = error as Error;
      progress.say(`${describeError(error)} Measuring goes on; the result is printed, not stored.`);
    }
  };
  for await (const event of measureVariants({
    ...plan,
    select: selection.select,
    onNews: (_, news) => progress.news(news),
  })) {
    if (event.type === 'planned') {
      if (event.total === 0 && !plan.signal.aborted) refuseEmpty(runs, selection, progress);
      progress.planned(event.total);
      begun = true;
      keep(() => {
        for (const [index, header] of headers.entries()) {
          store.beginRun(header);
          for (const measurement of runs[index]?.measurements ?? [])
            store.appendMeasurement((runs[index] as Run).id, measurement);
        }
      });
    }
    if (event.type === 'starting') progress.starting(event.probe);
    if (event.type === 'measured') {
      const run = runs[event.variant] as Run;
      run.measurements.push(event.measurement);
      if (begun) keep(() => store.appendMeasurement(run.id, event.measurement));
      if (event.measurement.probe.kind !== 'file') progress.measured();
    }
  }
  progress.end();
  return { runs, ...(unstored !== undefined && { unstored }) };
}

/** Files that could not be loaded are told, since with them nothing is stored that could tell it. */
function refuseEmpty(runs: readonly Run[], selection: Selection, progress: Progress): void {
  const broken = runs.flatMap(({ measurements }) => measurements);
  if (broken.length > 0 && !selection.given) return;
  for (const { probe, error } of broken) progress.say(`${probe.suite}: ${error?.message ?? ''}`);
  throw selection.nothing();
}
