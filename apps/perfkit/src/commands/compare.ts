import { join, relative } from 'node:path';
import { measureVariants, type Variant } from '@perf/runner';
import { type Run, runId } from '@perf/schema';
import { compareRuns, summariseRun } from '@perf/stats';
import { openStore } from '@perf/store';
import { loadConfig } from '../config/load-config.js';
import { thresholdOf } from '../config/threshold.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import type { JudgedRun } from '../judge/judged-run.js';
import { type FailOn, outcomeOf } from '../judge/outcome.js';
import { type MeasuringFlags, measuringPlan, runHeader } from '../measuring.js';
import { present } from '../present.js';
import { selectionOf } from '../selection.js';
import { readSource } from '../source.js';
import { interruptSignal } from '../terminal/interrupt.js';
import { Progress } from '../terminal/progress.js';
import { UsageError } from '../usage-error.js';
import { labelsOf, variantOf } from '../variants.js';

interface CompareArguments extends MeasuringFlags {
  readonly a: string;
  readonly b: string;
  readonly files?: string[] | undefined;
  readonly only?: string | undefined;
  readonly config?: string | undefined;
  readonly failOn?: FailOn | undefined;
  readonly html: boolean;
  readonly json: boolean;
}

/** Ten medians against ten keep false alarms at the nominal level with room for a noisy machine. */
const PROCESSES = 10;

/**
 * `perfkit compare`: the same probes on two directories, their processes interleaved.
 *
 * Not part of the history: both runs go, each measurement as it comes, into a store beside the report.
 */
export async function compare(argv: CompareArguments): Promise<ExitCode> {
  const cwd = process.cwd();
  const loaded = loadConfig(cwd, argv.config);
  const { config, folder } = loaded;
  const patterns = argv.files !== undefined && argv.files.length > 0 ? argv.files : config.files;
  const labels = labelsOf(argv.a, argv.b);
  const progress = new Progress();
  const signal = interruptSignal(() =>
    progress.say('Stopping; judging what was measured. Press Ctrl-C again to stop at once.'),
  );
  const selection = selectionOf(argv.only);
  const plan = measuringPlan(argv, config, PROCESSES, { folder, signal });
  const variants: Variant[] = [
    await variantOf(argv.a, labels.a, cwd, patterns),
    await variantOf(argv.b, labels.b, cwd, patterns),
  ];
  const headers = await Promise.all(
    variants.map(async ({ root, label }, index) =>
      runHeader(await readSource(root), plan.seed, `${index === 0 ? 'a' : 'b'}: ${label}`),
    ),
  );
  const runs = headers.map(
    (header): Run => ({ ...header, id: runId(header), status: 'running', measurements: [] }),
  );
  const reportTo = join(folder, '.perfkit', 'compare');
  const storeFile = join(reportTo, 'runs.sqlite');
  using store = openStore(storeFile);
  let begun = false;
  for await (const event of measureVariants({ ...plan, variants, select: selection.select })) {
    const empty =
      event.type === 'planned' &&
      event.total === 0 &&
      runs.every(({ measurements }) => measurements.length === 0);
    if (empty && !signal.aborted) throw selection.nothing();
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
  const confidence = config.confidence ?? 0.95;
  const [a, b] = runs.map((run) => ended(run, signal.aborted, confidence)) as [JudgedRun, JudgedRun];
  const comparison = compareRuns(a, b, {
    confidence,
    thresholdOf: (probe) => thresholdOf(config, probe),
    labels,
  });
  store.finishRun(a.id, a);
  store.finishRun(b.id, { ...b, comparison });
  if (signal.aborted) progress.say(`Both runs are kept in ${relative(cwd, storeFile)}.`);
  present(
    { run: { ...b, comparison }, title: `${labels.b} against ${labels.a}` },
    comparison,
    { 'comparison.json': comparison, 'a.run.json': a, 'b.run.json': b },
    { json: argv.json, html: argv.html, folder: reportTo },
  );
  const outcome = outcomeOf([a, b], comparison, argv.failOn ?? config.failOn);
  if (outcome === exitCodes.fine && comparison.comparisons.length === 0) {
    throw new UsageError(
      'usage/nothing-to-compare',
      `Nothing of ${labels.a} could be compared with ${labels.b}.`,
      {
        remedy:
          'Both need perf files with the same names of suites and probes; the report says what each lacks.',
      },
    );
  }
  return outcome;
}

function ended(run: Run, interrupted: boolean, confidence: number): JudgedRun {
  return {
    ...run,
    status: interrupted ? 'interrupted' : 'complete',
    finishedAt: new Date().toISOString(),
    confidence,
    summaries: summariseRun(run, confidence),
  };
}
