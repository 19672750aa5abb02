import { join, relative } from 'node:path';
import type { Pairing } from '@perf/runner';
import type { Comparison, Run } from '@perf/schema';
import { openStore } from '@perf/store';
import { loadConfig } from '../config/load-config.js';
import { withProfile } from '../config/profile.js';
import { inContinuousIntegration } from '../continuous-integration.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { inTurnsOf, type TurnFlags } from '../in-turns.js';
import {
  comparisonWithInstructions,
  counterFor,
  type InstructionFlags,
} from '../instructions/with-instructions.js';
import { judgedRun } from '../judge/judged-run.js';
import { type FailOn, outcomeOf, tellOutcome } from '../judge/outcome.js';
import { type MeasuringFlags, measuringPlan, runHeader } from '../measuring.js';
import { present } from '../present.js';
import { type ReachFlags, withReach } from '../reach/with-reach.js';
import { recordRuns } from '../recording.js';
import { type SelectionFlags, selectionOf } from '../selection.js';
import { interruptSignal } from '../terminal/interrupt.js';
import { Progress } from '../terminal/progress.js';
import { UsageError } from '../usage-error.js';
import { prepareVariants, type VariantArguments } from '../variants/prepare-variants.js';
import { tellUnloaded } from '../variants/tell-unloaded.js';
import { loadWaivers } from '../waivers/waivers.js';

interface CompareArguments
  extends MeasuringFlags,
    TurnFlags,
    SelectionFlags,
    VariantArguments,
    ReachFlags,
    InstructionFlags {
  readonly files?: string[] | undefined;
  readonly forbidOnly?: boolean | undefined;
  readonly config?: string | undefined;
  readonly failOn?: FailOn | undefined;
  readonly html: boolean;
  readonly json: boolean;
}

/** Ten medians against ten keep false alarms at the nominal level with room for a noisy machine. */
const PROCESSES = 10;

/**
 * `perfkit compare`: the same probes on two variants, their processes interleaved.
 *
 * Not part of the history: both runs go, each measurement as it comes, into a store beside the report.
 */
export async function compare(argv: CompareArguments): Promise<ExitCode> {
  const cwd = process.cwd();
  const loaded = loadConfig(cwd, argv.config);
  const config = withProfile(loaded.config, argv.profile);
  const { folder } = loaded;
  // Before anything is measured: an error in that file should not cost the measuring.
  const waivers = loadWaivers(folder);
  const patterns = argv.files !== undefined && argv.files.length > 0 ? argv.files : config.files;
  const progress = new Progress();
  const signal = interruptSignal(() =>
    progress.say('Stopping; judging what was measured. Press Ctrl-C again to stop at once.'),
  );
  const selection = selectionOf(argv, config);
  const plan = {
    ...measuringPlan(argv, config, PROCESSES, { folder, signal }),
    forbidOnly: argv.forbidOnly ?? inContinuousIntegration(),
  };
  const on = { cwd, signal, say: (line: string) => progress.say(line), loading: plan.loading };
  const counter = await counterFor(argv);
  using sides = await prepareVariants(argv, patterns, on).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
  if (sides === undefined) return exitCodes.interrupted;
  const variants = [sides.a.variant, sides.b.variant];
  const labels = { a: sides.a.variant.label, b: sides.b.variant.label };
  const headers = [sides.a, sides.b].map(({ variant, source, environment }, index) => {
    const side = { profile: argv.profile, variant: `${index === 0 ? 'a' : 'b'}: ${variant.label}` };
    const header = runHeader(source, plan.seed, side);
    return { ...header, environment: environment(header.environment) };
  });
  const reportTo = join(folder, '.perfkit', 'compare');
  const storeFile = join(reportTo, 'runs.sqlite');
  using store = openStore(storeFile);
  const inTurns = await inTurnsOf(argv, config, variants);
  tellPairing(inTurns.pairing, progress);
  const { runs, unstored } = await recordRuns({ ...plan, variants, inTurns }, headers, {
    store,
    selection,
    progress,
  });
  for (const [index, run] of runs.entries()) tellUnloaded(run, variants[index]?.label ?? '', on);
  const interrupted = signal.aborted;
  const a = judgedRun(runs[0] as Run, { interrupted, config, label: labels.a });
  const reference = { run: a, label: labels.a };
  const judged = judgedRun(runs[1] as Run, { interrupted, config, label: labels.b, reference, waivers });
  const explained = await withReach(judged, argv, { ...plan, ...on, a: sides.a.variant, b: sides.b.variant });
  const comparison = await comparisonWithInstructions(
    explained.comparison as Comparison,
    [sides.a.variant, sides.b.variant],
    { ...plan, ...on, counter },
  );
  const b = { ...explained, comparison };
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

/** Nothing to say where processes take turns on a CPU: anything else is worth less, and said. */
function tellPairing(pairing: Pairing, progress: Progress): void {
  if (pairing.method === 'lockstep') return;
  const how =
    pairing.method === 'one-process'
      ? 'Both versions run in one process, in turns'
      : 'Each process measures for itself, not in turns';
  progress.say(`${how}. ${pairing.reason}`);
}
