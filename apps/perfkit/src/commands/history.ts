import { formatQuantity, visible } from '@perf/report';
import type { Run } from '@perf/schema';
import type { RunRow, Store } from '@perf/store';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { selectionOf } from '../selection.js';
import { print } from '../terminal/streams.js';
import { checkWhole } from '../usage-error.js';
import { openNamedStore, type StoredArguments } from './stored-run.js';

interface HistoryArguments extends StoredArguments {
  readonly only?: string | undefined;
  readonly branch?: string | undefined;
  readonly limit?: number | undefined;
}

const LIMIT = 20;

/** A run in the list of runs. */
interface Entry {
  readonly id: string;
  readonly startedAt: string;
  readonly branch: string;
  readonly commit?: string;
  readonly dirty?: boolean;
  readonly environment: string;
  readonly status: Run['status'];
  /** Fresh processes of the probe that had most. */
  readonly processes: number;
  readonly probes: number;
  /** Of its comparison with the baseline, if there was one. */
  readonly verdicts?: Readonly<Record<string, number>>;
  /** Whether it is the baseline of a branch and environment. */
  readonly baseline: boolean;
}

/** `perfkit history`: the runs in the store, the last started first. */
export async function history(argv: HistoryArguments): Promise<ExitCode> {
  checkWhole('limit', argv.limit, 1, 1_000_000);
  const selection = selectionOf({ only: argv.only });
  const { store } = openNamedStore(argv, 'read');
  using _closed = store;
  const measured = selection.given ? runsWith(store, selection) : undefined;
  const rows = store
    .listRuns(argv.branch === undefined ? {} : { branch: argv.branch })
    .filter(({ id }) => measured === undefined || measured.has(id));
  const baselines = new Set(store.baselines().map(({ run }) => run));
  const shown = rows.slice(0, argv.limit ?? LIMIT);
  const runs = shown.map((row) => entry(row, store.getRun(row.id), baselines.has(row.id)));
  if (argv.json) print(JSON.stringify({ runs, total: rows.length }, null, 2));
  else print(textOf(runs, rows.length));
  return exitCodes.fine;
}

/**
 * The runs with a judged value of a selected probe.
 *
 * @throws {UsageError} `usage/nothing-selected` if the history has no such probe.
 */
function runsWith(store: Store, selection: ReturnType<typeof selectionOf>): Set<string> {
  const series = store.points().filter(({ probe }) => selection.select(probe));
  if (series.length === 0) throw selection.nothing();
  return new Set(series.flatMap(({ points }) => points.map(({ run }) => run)));
}

function entry(row: RunRow, run: Run, baseline: boolean): Entry {
  const processes = new Set(run.measurements.map(({ process }) => process.index)).size;
  const probes = new Set(
    run.measurements.map(({ probe }) => JSON.stringify([probe.suite, probe.name, probe.params])),
  );
  const { id, startedAt, branch, commit, dirty, environment, status } = row;
  return {
    id,
    startedAt,
    branch,
    ...(commit !== undefined && { commit }),
    ...(dirty !== undefined && { dirty }),
    environment,
    status,
    processes,
    probes: probes.size,
    ...(run.comparison !== undefined && { verdicts: verdictCounts(run.comparison.comparisons) }),
    baseline,
  };
}

function verdictCounts(comparisons: readonly { verdict: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdict } of comparisons) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

function textOf(runs: readonly Entry[], total: number): string {
  if (runs.length === 0) return 'The history is empty. Measure something first: perfkit run.';
  const lines = runs.map((run) =>
    [
      visible(run.id.slice(0, 8)),
      run.startedAt.replace('T', ' ').replace(/(\.\d+)?Z$/, ''),
      `${visible(run.branch.slice(0, 40)) || '-'} ${visible(run.commit?.slice(0, 10) ?? '-')}${run.dirty === true ? '+' : ''}`,
      run.status,
      `${formatQuantity(run.probes, 'count')} probes × ${run.processes}`,
      verdictsText(run.verdicts),
      run.baseline ? 'baseline' : '',
    ].map((cell) => cell.trim()),
  );
  const widths = (lines[0] ?? []).map((_, i) => Math.max(...lines.map((cells) => cells[i]?.length ?? 0)));
  const table = lines.map((cells) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const more = total > runs.length ? [`${total - runs.length} older runs; show more with --limit.`] : [];
  return [...table, ...more].join('\n');
}

function verdictsText(verdicts: Entry['verdicts']): string {
  if (verdicts === undefined) return 'not compared';
  const parts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  return parts.join(', ') || 'nothing compared';
}
