import type { Database } from 'better-sqlite3';
import { fromColumn, toColumn } from './column-text.js';

/** Where a baseline holds: figures of other environments are not compared with it. */
export interface BaselinePlace {
  /** '' for runs outside a repository. */
  readonly branch: string;
  /** An environment's key. */
  readonly environment: string;
}

export interface BaselineRow extends BaselinePlace {
  /** The id of the run that others are compared with. */
  readonly run: string;
}

export interface Baselines {
  set(at: BaselinePlace, branch: number, run: number): void;
  get(at: BaselinePlace): string | undefined;
  all(): BaselineRow[];
  clear(at: BaselinePlace): boolean;
}

/** Which run is the reference, per branch and environment. */
export function baselineRows(database: Database): Baselines {
  const insert = database.prepare(`
    INSERT INTO baseline (branch, environment, run) VALUES (?, ?, ?)
    ON CONFLICT (branch, environment) DO UPDATE SET run = excluded.run`);
  const selected = `
    SELECT branch.name AS branch, baseline.environment, run.id AS run
    FROM baseline JOIN branch ON branch.key = baseline.branch JOIN run ON run.key = baseline.run`;
  const one = database.prepare<[string, string], BaselineRow>(
    `${selected} WHERE branch.name = ? AND baseline.environment = ?`,
  );
  const every = database.prepare<[], BaselineRow>(`${selected} ORDER BY branch.name, baseline.environment`);
  const remove = database.prepare(
    'DELETE FROM baseline WHERE branch = (SELECT key FROM branch WHERE name = ?) AND environment = ?',
  );

  return {
    set: ({ environment }, branch, run) => {
      insert.run(branch, toColumn(environment), run);
    },
    get: ({ branch, environment }) => {
      const found = one.get(toColumn(branch), toColumn(environment));
      return found && fromColumn(found.run);
    },
    all: () =>
      every.all().map(({ branch, environment, run }) => ({
        branch: fromColumn(branch),
        environment: fromColumn(environment),
        run: fromColumn(run),
      })),
    clear: ({ branch, environment }) => remove.run(toColumn(branch), toColumn(environment)).changes > 0,
  };
}
