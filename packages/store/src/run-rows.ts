import type { RunSource } from '@perf/schema';
import type { Database } from 'better-sqlite3';
import { toColumn } from './column-text.js';
import { exactJson } from './exact-json.js';
import { unknownRun } from './find-run.js';
import type { RunBody } from './run-merge.js';

/** The place of a run in the tables. */
export interface RunPlace {
  readonly key: number;
  readonly branch: number;
  readonly order: number;
  readonly environment: string;
}

/**
 * A run's place among the commits of its branch: `source.order`, or when it has none the epoch seconds of its start.
 *
 * Seconds exceed every count of commits, so on a branch that has both kinds the runs without an order come last.
 */
export function commitOrder(source: RunSource, startedAt: string): number {
  return source.order ?? Math.floor(Date.parse(startedAt) / 1000);
}

/** A run's place and its body as JSON. */
export interface StoredRun {
  readonly place: RunPlace;
  readonly body: string;
}

export interface RunRows {
  find(id: string): StoredRun | undefined;
  /** As `find`. @throws {StoreError} `store/unknown-run` if there is none. */
  get(id: string): StoredRun;
  insert(body: RunBody): RunPlace;
  /** Writes a body over the one stored; what the columns tell of its header must be the same. */
  update(key: number, body: RunBody): void;
  /** The branch's key; the branch is made if it is new. */
  branch(name: string | undefined): number;
}

interface FoundRun {
  key: number;
  branch: number;
  commit_order: number;
  environment: string;
  body: string;
}

export function runRows(database: Database): RunRows {
  const insertBranch = database.prepare('INSERT INTO branch (name) VALUES (?) ON CONFLICT (name) DO NOTHING');
  const findBranch = database.prepare<[string], number>('SELECT key FROM branch WHERE name = ?').pluck();
  const findRow = database.prepare<[string], FoundRun>(
    'SELECT key, branch, commit_order, environment, body FROM run WHERE id = ?',
  );
  const insertRun = database.prepare(`
    INSERT INTO run (id, status, started_at, started_ms, finished_at, branch, commit_id, dirty, commit_order,
      environment, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const updateRun = database.prepare('UPDATE run SET status = ?, finished_at = ?, body = ? WHERE key = ?');

  function branch(name = ''): number {
    insertBranch.run(toColumn(name));
    return findBranch.get(toColumn(name)) as number;
  }

  function find(id: string): StoredRun | undefined {
    const found = findRow.get(toColumn(id));
    if (found === undefined) return undefined;
    const { body, commit_order: order, ...place } = found;
    return { place: { ...place, order }, body };
  }

  return {
    branch,
    find,
    get: (id) => {
      const found = find(id);
      if (found === undefined) throw unknownRun(database, id);
      return found;
    },
    insert: (body) => {
      const { source, startedAt } = body;
      const place = {
        branch: branch(source.branch),
        order: commitOrder(source, startedAt),
        environment: toColumn(body.environment.key),
      };
      const { lastInsertRowid } = insertRun.run(
        toColumn(body.id),
        body.status,
        startedAt,
        Date.parse(startedAt),
        body.finishedAt ?? null,
        place.branch,
        source.commit === undefined ? null : toColumn(source.commit),
        source.dirty === undefined ? null : Number(source.dirty),
        place.order,
        place.environment,
        exactJson(body),
      );
      return { ...place, key: Number(lastInsertRowid) };
    },
    update: (key, body) => {
      updateRun.run(body.status, body.finishedAt ?? null, exactJson(body), key);
    },
  };
}
