import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { discover, measureVariants, type Variant } from '@perf/runner';
import { type Run, runId } from '@perf/schema';
import { compareRuns, summariseRun } from '@perf/stats';
import { loadConfig } from '../config/load-config.js';
import { thresholdOf } from '../config/threshold.js';
import type { ExitCode } from '../exit-codes.js';
import { type FailOn, outcomeOf } from '../judge/outcome.js';
import { type MeasuringFlags, measuringPlan, runHeader } from '../measuring.js';
import { present } from '../present.js';
import { readSource } from '../source.js';
import { interruptSignal } from '../terminal/interrupt.js';
import { Progress } from '../terminal/progress.js';
import { UsageError } from '../usage-error.js';

interface CompareArguments extends MeasuringFlags {
  readonly a: string;
  readonly b: string;
  readonly files?: string[] | undefined;
  readonly config?: string | undefined;
  readonly failOn?: FailOn | undefined;
  readonly html: boolean;
  readonly json: boolean;
}

/** Ten medians against ten keep false alarms at the nominal level with room for a noisy machine. */
const PROCESSES = 10;

/** `perfkit compare`: the same probes on two directories, their processes interleaved. Not stored in the history. */
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
  const plan = measuringPlan(argv, config, PROCESSES, { folder, signal });
  const variants: Variant[] = [
    await variantOf(argv.a, labels.a, cwd, patterns),
    await variantOf(argv.b, labels.b, cwd, patterns),
  ];
  const runs = await Promise.all(
    variants.map(async ({ root }): Promise<Run> => {
      const header = runHeader(await readSource(root), plan.seed);
      return { ...header, id: runId(header), status: 'running', measurements: [] };
    }),
  );
  for await (const event of measureVariants({ ...plan, variants })) {
    if (event.type === 'planned') progress.planned(event.total);
    if (event.type === 'starting') progress.starting(event.probe);
    if (event.type === 'measured') {
      runs[event.variant]?.measurements.push(event.measurement);
      if (event.measurement.probe.kind !== 'file') progress.measured();
    }
  }
  progress.end();
  const confidence = config.confidence ?? 0.95;
  const [a, b] = runs.map((run) => ended(run, signal.aborted, confidence)) as [Run, Run];
  const comparison = compareRuns(a, b, {
    confidence,
    thresholdOf: (probe) => thresholdOf(config, probe),
    labels,
  });
  present(
    { run: { ...b, comparison }, title: `${labels.b} against ${labels.a}` },
    comparison,
    { 'comparison.json': comparison, 'a.run.json': a, 'b.run.json': b },
    { json: argv.json, html: argv.html, folder: join(folder, '.perfkit', 'compare') },
  );
  return outcomeOf([a, b], comparison, argv.failOn ?? config.failOn);
}

function ended(run: Run, interrupted: boolean, confidence: number): Run {
  return {
    ...run,
    status: interrupted ? 'interrupted' : 'complete',
    finishedAt: new Date().toISOString(),
    summaries: summariseRun(run, confidence),
  };
}

async function variantOf(
  folder: string,
  label: string,
  cwd: string,
  patterns: readonly string[] | undefined,
): Promise<Variant> {
  const root = resolve(cwd, folder);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError('usage/no-directory', `There is no directory ${folder}.`, {
      seen: folder,
      remedy: 'A variant is a directory with the perf files and their dependencies.',
    });
  }
  return { label, root, files: await discover(root, patterns) };
}

/** Names to tell the variants apart by: their folders' names where they differ, else what was typed. */
function labelsOf(a: string, b: string): { a: string; b: string } {
  const short = { a: basename(resolve(a)), b: basename(resolve(b)) };
  if (short.a !== short.b) return short;
  return a === b ? { a: `${a} (a)`, b: `${b} (b)` } : { a, b };
}
