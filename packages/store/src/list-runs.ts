import type { Run } from '@perf/schema';
import type { Database } from 'better-sqlite3';
import { fromColumn, toColumn } from './column-text.js';
import { StoreError } from './store-error.js';

export interface RunFilter {
  /** '' for runs outside a repository. */
  readonly branch?: string;
  /** An environment's key. */
  readonly environment?: string;
  readonly status?: Run['status'];
  /** At most so many, the newest. Default: all. */
  readonly limit?: number;
}

/** A run at a glance. */
export interface RunRow {
  readonly id: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly status: Run['status'];
  readonly commit?: string;
  /** '' outside a repository. */
  readonly branch: string;
  readonly dirty?: boolean;
  /** Place of the commit in its branch (see `commitOrder`). */
  readonly order: number;
  /** The environment's key. */
  readonly environment: string;
  /** How many measurements are stored. */
  readonly measurements: number;
}

interface Row {
  id: string;
  started_at: string;
  finished_at: string | null;
  status: Run['status'];
  commit_id: string | null;
  branch: string;
  dirty: number | null;
  commit_order: number;
  environment: string;
  measurements: number;
}

const columns = { branch: 'branch.name', environment: 'run.environment', status: 'run.status' } as const;

/** Runs, the last started first. @throws {StoreError} `store/limit` if the limit is no count. */
export function listRuns(database: Database, filter: RunFilter): RunRow[] {
  const { limit } = filter;
  if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0)) {
    throw new StoreError('store/limit', 'The limit of a list of runs is a whole number, 0 or more.', {
      seen: limit,
      remedy: 'Leave it out to list all runs.',
    });
  }
  const fields = ['branch', 'environment', 'status'] as const;
  const asked = fields.filter((field) => filter[field] !== undefined);
  const where = asked.map((field) => `${columns[field]} = ?`).join(' AND ') || 'true';
  return database
    .prepare<(string | number)[], Row>(
      `SELECT run.id, started_at, finished_at, status, commit_id, branch.name AS branch, dirty, commit_order,
         environment, (SELECT count(*) FROM measurement WHERE measurement.run = run.key) AS measurements
       FROM run JOIN branch ON branch.key = run.branch
       WHERE ${where}
       ORDER BY started_ms DESC, run.key DESC
       LIMIT ?`,
    )
    .all(...asked.map((field) => toColumn(filter[field] as string)), limit ?? -1)
    .map(runRow);
}

function runRow(row: Row): RunRow {
  return {
    id: fromColumn(row.id),
    startedAt: row.started_at,
    ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
    status: row.status,
    ...(row.commit_id === null ? {} : { commit: fromColumn(row.commit_id) }),
    branch: fromColumn(row.branch),
    ...(row.dirty === null ? {} : { dirty: row.dirty === 1 }),
    order: row.commit_order,
    environment: fromColumn(row.environment),
    measurements: row.measurements,
  };
}
