import { type LeftOut, type MeasurePlan, measureVariants } from '@perf/runner';
import { describeError, probeKey, type Run, type RunHeader, runId } from '@perf/schema';
import type { Store } from '@perf/store';
import type { Selection } from './selection.js';
import type { Progress } from './terminal/progress.js';
import type { UsageError } from './usage-error.js';

/**
 * Measures a plan. Each variant's run grows in memory and, measurement by measurement, in the store: a kill costs at
 * most the one under way.
 *
 * @param headers - Of the runs, one for each variant, in their order.
 * @returns The runs as far as they came, still `running`, and why the store took no more, if it did not take all:
 * measuring goes on without it.
 * @throws {UsageError} `usage/nothing-selected` or `usage/unknown-tag`, and {RunnerError} `runner/only`, before anything is
 * stored, if there is nothing to measure or it must not be narrowed so.
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
      const skipped = countOf(event.skipped);
      if (!plan.signal.aborted) refuse(selection.problem(event.probes, skipped), runs, selection, progress);
      progress.planned(event.total, skipped);
      noteSkipped(runs, event.skipped);
      begun = true;
      keep(() => {
        for (const [index, header] of headers.entries()) {
          store.beginRun({ ...header, ...skippedOf(runs[index] as Run) });
          for (const measurement of runs[index]?.measurements ?? [])
            store.appendMeasurement((runs[index] as Run).id, measurement);
        }
      });
    }
    if (event.type === 'more') progress.more(event.processes);
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
function refuse(
  problem: UsageError | undefined,
  runs: readonly Run[],
  selection: Selection,
  progress: Progress,
): void {
  if (problem === undefined) return;
  const broken = runs.flatMap(({ measurements }) => measurements);
  if (broken.length > 0 && !selection.given) return;
  for (const { probe, error } of broken) progress.say(`${probe.suite}: ${error?.message ?? ''}`);
  throw problem;
}

/** Probes that are left out, each once however many variants have it. */
function countOf(skipped: readonly LeftOut[]): number {
  return new Set(skipped.map(({ probe }) => probeKey(probe))).size;
}

function noteSkipped(runs: readonly Run[], skipped: readonly LeftOut[]): void {
  for (const { variant, probe, reason } of skipped) {
    const run = runs[variant] as Run;
    run.skipped = [...(run.skipped ?? []), { probe: { ...probe, params: { ...probe.params } }, reason }];
  }
}

function skippedOf({ skipped }: Run): Pick<Run, 'skipped'> {
  return skipped === undefined ? {} : { skipped };
}
