import { resolve } from 'node:path';
import { discover } from '@perf/runner';
import type { Run } from '@perf/schema';
import { openStore } from '@perf/store';
import { idleServices } from '../config/idle-services.js';
import { loadConfig, reportFolder, storePath } from '../config/load-config.js';
import { withProfile } from '../config/profile.js';
import type { ExitCode } from '../exit-codes.js';
import { adviceOn } from '../judge/advice-on.js';
import { judgedRun } from '../judge/judged-run.js';
import { type FailOn, outcomeOf, tellOutcome } from '../judge/outcome.js';
import { referenceFor } from '../judge/reference.js';
import { type MeasuringFlags, measuringPlan, runHeader } from '../measuring.js';
import { presentRun } from '../present.js';
import { recordRuns } from '../recording.js';
import { selectionOf } from '../selection.js';
import { readSource } from '../source.js';
import { interruptSignal } from '../terminal/interrupt.js';
import { Progress } from '../terminal/progress.js';
import { trendOfRun } from '../trends/trend-of-run.js';

interface RunArguments extends MeasuringFlags {
  readonly files?: string[] | undefined;
  readonly only?: string | undefined;
  readonly config?: string | undefined;
  readonly store?: string | undefined;
  readonly baseline?: string | undefined;
  readonly failOn?: FailOn | undefined;
  readonly html: boolean;
  readonly json: boolean;
}

/** Seven against seven decide at 95 % for up to 85 probes with one regression among them. */
const PROCESSES = 7;

/** `perfkit run`: measure, store each measurement as it comes, judge, report. */
export async function run(argv: RunArguments): Promise<ExitCode> {
  const cwd = process.cwd();
  const loaded = loadConfig(cwd, argv.config);
  const config = withProfile(loaded.config, argv.profile);
  const { folder } = loaded;
  const named = argv.files !== undefined && argv.files.length > 0;
  const root = named ? cwd : folder;
  const progress = new Progress();
  const signal = interruptSignal(() =>
    progress.say('Stopping; what was measured is kept. Press Ctrl-C again to stop at once.'),
  );
  const selection = selectionOf(argv.only);
  const plan = measuringPlan(argv, config, PROCESSES, { folder, signal });
  const files = await discover(root, named ? argv.files : config.files);
  const header = runHeader(await readSource(folder), plan.seed, argv);
  using store = openStore(argv.store === undefined ? storePath(loaded) : resolve(cwd, argv.store));
  const reference = referenceFor(store, header, argv.baseline);
  if (reference !== undefined && reference.run.environment.key !== header.environment.key) {
    progress.say(`${reference.label} was measured in another environment: differences may be the machine's.`);
  }
  const variants = [{ label: 'this run', root, files }];
  const { runs, unstored } = await recordRuns({ ...plan, variants }, [header], {
    store,
    selection,
    progress,
  });
  if (!named && argv.only === undefined) for (const line of idleServices(config, runs)) progress.say(line);
  const finished = judgedRun(runs[0] as Run, {
    interrupted: signal.aborted,
    config,
    label: 'this run',
    reference,
  });
  if (unstored === undefined) store.finishRun(finished.id, finished);
  const advice = adviceOn(finished, reference?.run);
  const trend = unstored === undefined ? trendOfRun(store, config, finished) : undefined;
  presentRun(
    { run: finished, advice, trend },
    { json: argv.json, html: argv.html, folder: reportFolder(loaded) },
  );
  if (unstored !== undefined) throw unstored;
  progress.say(`Stored as run ${finished.id.slice(0, 8)}.`);
  const failOn = argv.failOn ?? config.failOn;
  const outcome = outcomeOf([finished], finished.comparison, { ...config, failOn });
  tellOutcome(finished, outcome, failOn, progress);
  return outcome;
}
