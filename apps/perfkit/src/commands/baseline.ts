import { readEnvironment } from '@perf/monitor';
import { visible } from '@perf/report';
import { probeKey } from '@perf/schema';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { readSource } from '../source.js';
import { log, print } from '../terminal/streams.js';
import { UsageError } from '../usage-error.js';
import { openNamedStore, type StoredArguments, storedRun } from './stored-run.js';

interface BaselineArguments extends StoredArguments {
  readonly action: 'set' | 'show' | 'clear';
  readonly run?: string | undefined;
  readonly branch?: string | undefined;
  readonly profile?: string | undefined;
}

/** `perfkit baseline set | show | clear`: the reference run per branch and environment. */
export async function baseline(argv: BaselineArguments): Promise<ExitCode> {
  const { store, loaded } = openNamedStore(argv, argv.action === 'show' ? 'read' : 'change');
  using _closed = store;
  const say = (text: string, result: object) => print(argv.json ? JSON.stringify(result, null, 2) : text);
  if (argv.action === 'show') {
    const baselines = store.baselines();
    const lines = baselines.map(({ branch, run, environment }) => {
      return `${nameOf(branch)}: run ${shortId(run)}, environment ${shortId(environment)}`;
    });
    say(lines.join('\n') || 'No baseline is set. Set one: perfkit baseline set.', { baselines });
    return exitCodes.fine;
  }
  if (argv.action === 'clear') {
    if (argv.run !== undefined) {
      throw new UsageError('usage/baseline-run', '"baseline clear" takes no run.', {
        seen: argv.run,
        remedy: 'Name the branch with --branch.',
      });
    }
    const branch = argv.branch ?? (await readSource(loaded.folder)).branch ?? '';
    const cleared = store.clearBaseline({ branch, environment: readEnvironment(argv.profile).key });
    say(
      cleared
        ? `${nameOf(branch)} is without a baseline now.`
        : `${nameOf(branch)} was without a baseline here.`,
      {
        branch,
        cleared,
      },
    );
    return exitCodes.fine;
  }
  const run = storedRun(store, argv.run);
  if (run.status !== 'complete') {
    throw new UsageError(
      'usage/baseline-incomplete',
      `Run ${shortId(run.id)} did not complete: it is ${run.status}.`,
      {
        seen: run.status,
        remedy: 'Take a complete run as the reference.',
      },
    );
  }
  const branch = argv.branch ?? run.source.branch ?? '';
  const at = { branch, environment: run.environment.key };
  store.setBaseline(at, run.id);
  const failed = new Set(
    run.measurements.filter(({ status }) => status !== 'ok').map(({ probe }) => probeKey(probe)),
  );
  if (failed.size > 0) log(`Of its probes ${failed.size} failed, at least in part.`);
  const broken = (run.gates ?? []).filter(({ state }) => state === 'failed').length;
  const leaking = (run.leaks ?? []).filter(({ verdict }) => verdict === 'leaking').length;
  if (broken + leaking > 0) log(`It is no clean reference: ${broken} gates failed, ${leaking} leaks.`);
  const probes = new Set(run.measurements.map(({ probe }) => probeKey(probe))).size;
  const what = `run ${shortId(run.id)}, of ${probes} ${probes === 1 ? 'probe' : 'probes'},`;
  say(`The baseline of ${nameOf(branch)} is now ${what} measured at ${run.startedAt}.`, {
    ...at,
    run: run.id,
  });
  return exitCodes.fine;
}

/** Ids come from imported files too. */
function shortId(id: string): string {
  return visible(id.slice(0, 8));
}

function nameOf(branch: string): string {
  return branch === '' ? 'work outside a branch' : `branch ${visible(branch)}`;
}
