import { join, relative } from 'node:path';
import type { Variant } from '@perf/runner';
import type { Comparison, Run } from '@perf/schema';
import { openStore } from '@perf/store';
import { loadConfig } from '../config/load-config.js';
import { withProfile } from '../config/profile.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { judgedRun } from '../judge/judged-run.js';
import { type FailOn, outcomeOf, tellOutcome } from '../judge/outcome.js';
import { type MeasuringFlags, measuringPlan, runHeader } from '../measuring.js';
import { present } from '../present.js';
import { recordRuns } from '../recording.js';
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
  const config = withProfile(loaded.config, argv.profile);
  const { folder } = loaded;
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
      runHeader(await readSource(root), plan.seed, {
        profile: argv.profile,
        variant: `${index === 0 ? 'a' : 'b'}: ${label}`,
      }),
    ),
  );
  const reportTo = join(folder, '.perfkit', 'compare');
  const storeFile = join(reportTo, 'runs.sqlite');
  using store = openStore(storeFile);
  const { runs, unstored } = await recordRuns({ ...plan, variants }, headers, { store, selection, progress });
  const interrupted = signal.aborted;
  const a = judgedRun(runs[0] as Run, { interrupted, config, label: labels.a });
  const reference = { run: a, label: labels.a };
  const b = judgedRun(runs[1] as Run, { interrupted, config, label: labels.b, reference });
  const comparison = b.comparison as Comparison;
  if (unstored === undefined) {
    store.finishRun(a.id, a);
    store.finishRun(b.id, b);
  }
  if (interrupted) progress.say(`Both runs are kept in ${relative(cwd, storeFile)}.`);
  present(
    { run: b, title: `${labels.b} against ${labels.a}` },
    comparison,
    { 'comparison.json': comparison, 'a.run.json': a, 'b.run.json': b },
    { json: argv.json, html: argv.html, folder: reportTo },
  );
  if (unstored !== undefined) throw unstored;
  const failOn = argv.failOn ?? config.failOn;
  const outcome = outcomeOf([a, b], comparison, { ...config, failOn });
  tellOutcome({ ...b, comparison }, outcome, failOn, progress);
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
