import type { Database } from 'better-sqlite3';
import { backUp } from './backup.js';
import { applicationId, assertOurs, identify } from './identity.js';
import { StoreError } from './store-error.js';

/** One change of the tables. It runs inside a transaction and must not end it. */
export interface Migration {
  /** The `user_version` that it makes. */
  readonly version: number;
  up(database: Database): void;
}

/**
 * Brings a database to the newest version, all steps or none.
 *
 * Takes the write lock first and reads the version after that, so that of two processes that open an old database at
 * once one migrates it and the other finds it done. An existing database is copied before its first step.
 *
 * @throws {StoreError} `store/migration-failed` if a step fails: the database is as it was, and the copy is named.
 */
export function migrate(database: Database, file: string, migrations: readonly Migration[]): void {
  const target = migrations.length;
  if (identify(database).version === target) return;
  // A step may rebuild a table that others refer to. No effect inside a transaction, hence out here.
  database.pragma('foreign_keys = OFF');
  const takeSteps = database.transaction(() => {
    const found = identify(database);
    assertOurs(file, found, target);
    if (found.version === target) return;
    const backup = found.empty ? undefined : backUp(file, found.version);
    try {
      for (const step of migrations.slice(found.version)) step.up(database);
      assertReferences(database);
    } catch (error) {
      throw failed(file, found.version, target, backup, error);
    }
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${target}`);
  });
  takeSteps.immediate();
}

function assertReferences(database: Database): void {
  const broken = database.pragma('foreign_key_check') as { table: string }[];
  if (broken[0] === undefined) return;
  throw new Error(`${broken.length} rows refer to nothing, the first in table "${broken[0].table}"`);
}

function failed(
  file: string,
  from: number,
  to: number,
  backup: string | undefined,
  cause: unknown,
): StoreError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new StoreError(
    'store/migration-failed',
    `${file} could not be brought from version ${from} to ${to}: ${why}. It is unchanged.`,
    {
      seen: from,
      remedy: `Go on with the perfkit that wrote it, and report this.${backup === undefined ? '' : ` A copy is in ${backup}.`}`,
      place: { file },
      cause,
    },
  );
}
