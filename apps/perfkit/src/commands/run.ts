import { join, resolve } from 'node:path';
import { discover } from '@perf/runner';
import type { Run } from '@perf/schema';
import { openStore } from '@perf/store';
import type { Config } from '../config/config.js';
import { idleServices } from '../config/idle-services.js';
import { loadConfig, reportFolder, storePath } from '../config/load-config.js';
import { withProfile } from '../config/profile.js';
import { inContinuousIntegration } from '../continuous-integration.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { counterFor, type InstructionFlags, runWithInstructions } from '../instructions/with-instructions.js';
import { adviceOn } from '../judge/advice-on.js';
import { judgedRun } from '../judge/judged-run.js';
import { type FailOn, outcomeOf, tellOutcome } from '../judge/outcome.js';
import { referenceFor } from '../judge/reference.js';
import { type MeasuringFlags, measuringPlan, runHeader } from '../measuring.js';
import { presentRun } from '../present.js';
import { profileRun } from '../profiling.js';
import { recordRuns } from '../recording.js';
import { type Selection, type SelectionFlags, selectionOf } from '../selection.js';
import { readSource } from '../source.js';
import { interruptSignal } from '../terminal/interrupt.js';
import { Progress } from '../terminal/progress.js';
import { trendOfRun } from '../trends/trend-of-run.js';
import { loadWaivers } from '../waivers/waivers.js';

interface RunArguments extends MeasuringFlags, SelectionFlags, InstructionFlags {
  readonly files?: string[] | undefined;
  readonly forbidOnly?: boolean | undefined;
  readonly profiling: boolean;
  readonly config?: string | undefined;
  readonly store?: string | undefined;
  readonly baseline?: string | undefined;
  readonly failOn?: FailOn | undefined;
  readonly html: boolean;
  readonly json: boolean;
}

/** Seven against seven decide at 95 % for up to 85 probes with one regression among them. */
const PROCESSES = 7;

const SHALLOW =
  'This clone is shallow, so the commits before this one cannot be counted: the run takes its place in the history by its time. Fetch the whole history: "fetch-depth: 0" with actions/checkout, elsewhere "git fetch --unshallow".';

/** `perfkit run`: measure, store each measurement as it comes, judge, report. */
export async function run(argv: RunArguments): Promise<ExitCode> {
  const cwd = process.cwd();
  const loaded = loadConfig(cwd, argv.config);
  const config = withProfile(loaded.config, argv.profile);
  const { folder } = loaded;
  // Before anything is measured: an error in that file should not cost the measuring.
  const waivers = loadWaivers(folder);
  const named = argv.files !== undefined && argv.files.length > 0;
  const root = named ? cwd : folder;
  const progress = new Progress();
  const signal = interruptSignal(() =>
    progress.say('Stopping; what was measured is kept. Press Ctrl-C again to stop at once.'),
  );
  const selection = selectionOf(argv, config);
  const plan = {
    ...measuringPlan(argv, config, PROCESSES, { folder, signal }),
    forbidOnly: argv.forbidOnly ?? inContinuousIntegration(),
  };
  const counter = await counterFor(argv);
  const files = await discover(root, named ? argv.files : config.files);
  const source = await readSource(folder);
  if (source.commit !== undefined && source.order === undefined) progress.say(SHALLOW);
  const header = runHeader(source, plan.seed, argv);
  using store = openStore(argv.store === undefined ? storePath(loaded) : resolve(cwd, argv.store));
  const reference = await referenceFor(store, header, folder, argv.baseline);
  if (reference !== undefined && reference.run.environment.key !== header.environment.key) {
    progress.say(`${reference.label} was measured in another environment: differences may be the machine's.`);
  }
  const variant = { label: 'this run', root, files };
  const { runs, unstored } = await recordRuns({ ...plan, variants: [variant] }, [header], {
    store,
    selection,
    progress,
  });
  if (!named) for (const line of idleSettings(config, runs, selection)) progress.say(line);
  const judged = judgedRun(runs[0] as Run, {
    interrupted: signal.aborted,
    config,
    label: 'this run',
    reference,
    waivers,
  });
  const finished = await runWithInstructions(judged, variant, {
    ...plan,
    counter,
    say: (line) => progress.say(line),
  });
  if (unstored === undefined) store.finishRun(finished.id, finished);
  const advice = adviceOn(finished, reference?.run);
  const trend = unstored === undefined ? trendOfRun(store, config, finished) : undefined;
  presentRun(
    { run: finished, advice, trend },
    { json: argv.json, html: argv.html, folder: reportFolder(loaded) },
  );
  if (argv.profiling && !signal.aborted) {
    await profileRun(finished, plan, { variant, folder: join(folder, '.perfkit', 'profiles'), progress });
  }
  if (unstored !== undefined) throw unstored;
  progress.say(`Stored as run ${finished.id.slice(0, 8)}.`);
  const failOn = argv.failOn ?? config.failOn;
  const outcome = outcomeOf([finished], finished.comparison, { ...config, failOn });
  tellOutcome(finished, outcome, failOn, progress);
  return signal.aborted ? exitCodes.interrupted : outcome;
}

/** What the configuration sets and nothing that is measured has. Services that tags leave out are not looked for. */
function idleSettings(config: Config, runs: readonly Run[], selection: Selection): string[] {
  const narrowed = selection.given || config.tags !== undefined || config.notTags !== undefined;
  return [...selection.idleTags(), ...(narrowed ? [] : idleServices(config, runs))];
}
