import type { Alert } from '@perf/schema';
import type { Database } from 'better-sqlite3';
import { toColumn } from './column-text.js';
import { exactJson } from './exact-json.js';
import { StoreError } from './store-error.js';

/** An alert of one branch. Other fields than these are kept as well. */
export interface StoredAlert extends Alert {
  /** '' for runs outside a repository. */
  readonly branch: string;
}

/** What to read; a field that is left out allows everything. */
export interface AlertFilter {
  readonly branch?: string;
  readonly states?: readonly Alert['state'][];
}

/** What a person does about an alert. */
export interface AlertChange {
  readonly state: 'acknowledged' | 'accepted';
  /** Why. */
  readonly note?: string;
  /** ISO 8601, UTC. */
  readonly changedAt: string;
}

/** Rows of alerts; the branch's key comes from the caller, who may have to make it. */
export interface Alerts {
  /** In the order in which they were first stored. */
  all<A extends StoredAlert>(filter: AlertFilter): A[];
  put(alert: StoredAlert, branch: number): void;
  /** @throws {StoreError} `store/unknown-alert`, `store/ambiguous-alert`. */
  find(asked: string): StoredAlert;
}

/** The bodies of the alerts that a filter allows, the first one first; with a branch by the index on it. */
export function alertQuery({ branch, states }: AlertFilter): { sql: string; asked: string[] } {
  const where = [
    ...(branch === undefined ? [] : ['branch = (SELECT key FROM branch WHERE name = ?)']),
    ...(states === undefined ? [] : [`state IN (${states.map(() => '?').join(', ')})`]),
  ];
  return {
    sql: `SELECT body FROM alert WHERE ${where.join(' AND ') || 'true'} ORDER BY key`,
    asked: [...(branch === undefined ? [] : [toColumn(branch)]), ...(states ?? [])],
  };
}

/** Alerts as they were stored, by id. */
export function alertRows(database: Database): Alerts {
  const insert = database.prepare(`
    INSERT INTO alert (id, branch, state, body) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`);

  function all<A extends StoredAlert>(filter: AlertFilter): A[] {
    const { sql, asked } = alertQuery(filter);
    return database
      .prepare<string[], string>(sql)
      .pluck()
      .all(...asked)
      .map((body) => JSON.parse(body) as A);
  }

  return {
    all,
    put: (alert, branch) => {
      insert.run(toColumn(alert.id), branch, alert.state, exactJson(alert));
    },
    find: (asked) => {
      const begun = all({}).filter(({ id }) => id === asked || (asked.length >= 4 && id.startsWith(asked)));
      const found = begun.find(({ id }) => id === asked) ?? begun[0];
      if (found === undefined) {
        throw new StoreError(
          'store/unknown-alert',
          `No alert is stored as ${JSON.stringify(asked.slice(0, 40))}.`,
          {
            seen: asked,
            remedy:
              'List alerts with "perfkit trend"; give an id, or at least 4 characters of its beginning.',
          },
        );
      }
      if (found.id !== asked && begun.length > 1) {
        throw new StoreError('store/ambiguous-alert', `Several alerts begin with ${JSON.stringify(asked)}.`, {
          seen: asked,
          remedy: `Give more of the id: ${begun
            .slice(0, 5)
            .map(({ id }) => JSON.stringify(id))
            .join(', ')}.`,
        });
      }
      return found;
    },
  };
}
