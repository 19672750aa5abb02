import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Run, readDocument } from '@perf/schema';
import { openStore } from '@perf/store';
import { openNamedStore, storedRun } from '../commands/stored-run.js';
import { type LoadedConfig, loadConfig } from '../config/load-config.js';
import { documentsIn } from '../documents-in.js';
import { baselineOf } from '../judge/baseline-of.js';
import { withFindings } from '../judge/findings.js';
import { UsageError } from '../usage-error.js';

/** Which run is put on GitHub. */
export interface RunChoice {
  readonly run?: string | undefined;
  readonly file?: string | undefined;
  readonly compare: boolean;
  readonly config?: string | undefined;
  readonly store?: string | undefined;
  readonly json: boolean;
}

/** The run to report, with all runs that its exit code depends on. */
export interface ReportedRun {
  readonly run: Run;
  readonly runs: readonly Run[];
  /** What it was compared with, where that is at hand. */
  readonly baseline?: Run | undefined;
  readonly loaded: LoadedConfig;
}

/**
 * The run of a file, the last side b of `perfkit compare`, the run named, or the newest of the history.
 *
 * A run that never ended counts as interrupted: its process was killed, and nothing of it is an all-clear.
 *
 * @throws {UsageError}, or {DocumentError} with the file if that holds no run.
 */
export async function reportedRun(choice: RunChoice): Promise<ReportedRun> {
  const sources = [choice.run, choice.file, choice.compare || undefined].filter((one) => one !== undefined);
  if (sources.length > 1) {
    throw new UsageError('usage/one-run', 'Several runs are named.', {
      remedy: 'Give the id of a run, --file or --compare.',
    });
  }
  const { runs, baseline, loaded } = await chosen(choice);
  const ended = runs.map(
    (run): Run => ({
      ...withFindings(run, loaded.config),
      status: run.status === 'running' ? 'interrupted' : run.status,
    }),
  );
  return { run: ended.at(-1) as Run, runs: ended, baseline, loaded };
}

async function chosen(
  choice: RunChoice,
): Promise<{ runs: Run[]; baseline?: Run | undefined; loaded: LoadedConfig }> {
  if (choice.file !== undefined) {
    return { runs: [await runIn(choice.file)], loaded: loadConfig(process.cwd(), choice.config) };
  }
  if (choice.compare) {
    const loaded = loadConfig(process.cwd(), choice.config);
    const runs = lastCompared(loaded);
    return { runs, baseline: runs.at(-2), loaded };
  }
  const { store, loaded } = openNamedStore(choice, 'read');
  using _closed = store;
  const run = storedRun(store, choice.run);
  return { runs: [run], baseline: baselineOf(store, run), loaded };
}

/** The one run document of a file, which may come from anywhere. */
async function runIn(file: string): Promise<Run> {
  const found: Run[] = [];
  for await (const { document } of documentsIn(file)) found.push(readDocument('run', document));
  const [run, ...more] = found;
  if (run !== undefined && more.length === 0) return run;
  throw new UsageError('usage/file', `${file} holds ${found.length} runs.`, {
    seen: file,
    remedy: 'Give a file with one, such as .perfkit/report/run.json or what "perfkit export <run>" writes.',
  });
}

/** Both sides of the last comparison, b last. */
function lastCompared({ folder }: LoadedConfig): Run[] {
  const file = join(folder, '.perfkit', 'compare', 'runs.sqlite');
  if (!existsSync(file)) {
    throw new UsageError('usage/no-comparison', `There is no ${relative(process.cwd(), file)}.`, {
      seen: file,
      remedy: 'Compare something first: perfkit compare <a> <b>.',
    });
  }
  using store = openStore(file, { readonly: true });
  // The two of one comparison start together, and in either order.
  const newest = store.listRuns({ limit: 2 }).map(({ id }) => store.getRun(id));
  const sides = newest.sort((a, b) => ((a.variant ?? '') < (b.variant ?? '') ? -1 : 1));
  if (sides.length > 0) return sides;
  throw new UsageError('usage/no-comparison', 'The last comparison measured nothing.', {
    seen: file,
    remedy: 'Compare something first: perfkit compare <a> <b>.',
  });
}
