import type { Database } from 'better-sqlite3';
import { StoreError } from './store-error.js';

/** "PERF" in ASCII. Marks a database as ours: SQLite keeps it in the file's header. */
export const applicationId = 0x50455246;

/** What a database says of itself. */
export interface Identity {
  readonly applicationId: number;
  /** Number of migrations it went through. */
  readonly version: number;
  /** Whether it has no tables: a new file. */
  readonly empty: boolean;
}

/** Reads a database's identity; changes nothing. The first read of a connection: it fails on a file that is damaged. */
export function identify(database: Database): Identity {
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  return {
    applicationId: database.pragma('application_id', { simple: true }) as number,
    version: database.pragma('user_version', { simple: true }) as number,
    empty: tables === 0,
  };
}

/**
 * Refuses a database that this version must not write to.
 *
 * @throws {StoreError} `store/foreign-database` if another program made it, `store/newer-database` if a newer perfkit
 * did.
 */
export function assertOurs(file: string, identity: Identity, newest: number): void {
  const { version, empty } = identity;
  if (empty && version === 0 && identity.applicationId === 0) return;
  if (identity.applicationId !== applicationId) {
    throw new StoreError('store/foreign-database', `${file} is a database of another program.`, {
      seen: identity.applicationId,
      remedy: 'Name another file for the history; this one was left as it is.',
      place: { file },
    });
  }
  if (version > newest) {
    throw new StoreError(
      'store/newer-database',
      `${file} has version ${version}; this perfkit knows version ${newest}. It was left as it is.`,
      { seen: version, remedy: 'Update perfkit, or name another file for the history.', place: { file } },
    );
  }
}
