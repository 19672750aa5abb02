import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { assertOurs, identify } from './identity.js';
import { inspectFile } from './inspect-file.js';
import { type Migration, migrate } from './migrate.js';
import { migrations as released } from './migrations/list.js';
import { openReader } from './open-reader.js';
import { guarded, isBusy, StoreError } from './store-error.js';

export interface StoreOptions {
  /** Open for reading only: nothing is created or migrated. Default false. */
  readonly readonly?: boolean;
  /** How long to wait for another process's lock [ms]. Default 10_000. */
  readonly busyTimeoutMs?: number;
}

/** Many times what one of our transactions takes, also on a slow disk; short enough not to look like a hang. */
const defaultBusyTimeoutMs = 10_000;
const pauseMs = 20;

/**
 * Opens a database of ours, made and migrated if need be. A file that is refused is left as it was.
 *
 * @param path - Absolute: SQLite gives names such as `:memory:` a meaning of their own.
 * @param migrations - For tests of the mechanism; the released ones unless given.
 * @throws {StoreError} as `openStore` says.
 */
export function openDatabase(
  path: string,
  options: StoreOptions = {},
  migrations: readonly Migration[] = released,
): Database.Database {
  const timeout = options.busyTimeoutMs ?? defaultBusyTimeoutMs;
  return guarded(path, () => {
    const found = inspectFile(path, timeout);
    if (found !== undefined) assertOurs(path, found, migrations.length);
    return options.readonly === true
      ? openForReading(path, timeout, migrations.length)
      : openForWriting(path, timeout, migrations);
  });
}

function openForReading(path: string, timeout: number, newest: number): Database.Database {
  if (!existsSync(path)) throw noDatabase(path);
  const database = openReader(path, timeout);
  try {
    const { empty, version } = identify(database);
    if (empty) throw noDatabase(path);
    if (version < newest) throw olderDatabase(path, version, newest);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function openForWriting(path: string, timeout: number, migrations: readonly Migration[]): Database.Database {
  mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path, { timeout });
  try {
    assertOurs(path, identify(database), migrations.length);
    useWal(database, timeout);
    // A commit waits for the disk: with NORMAL a power cut could take the last ones back. It costs one sync per
    // measurement, and a measurement takes seconds to make.
    database.pragma('synchronous = FULL');
    database.pragma('trusted_schema = OFF');
    migrate(database, path, migrations);
    database.pragma('foreign_keys = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Switching to WAL needs the file alone, and SQLite does not wait for that lock: two processes that make one file at
 * once would lose one of them. Where WAL is impossible (some network drives) SQLite keeps its rollback journal, which
 * is as safe; only readers and the writer then wait for each other.
 */
function useWal(database: Database.Database, timeout: number): void {
  if (database.pragma('journal_mode', { simple: true }) === 'wal') return;
  for (let waited = 0; ; waited += pauseMs) {
    try {
      database.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || waited >= timeout) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
    }
  }
}

function noDatabase(file: string): StoreError {
  return new StoreError('store/no-database', `There is no history in ${file}.`, {
    remedy: 'Store a run first, or name the file that has one.',
    place: { file },
  });
}

function olderDatabase(file: string, version: number, newest: number): StoreError {
  return new StoreError(
    'store/older-database',
    `${file} has version ${version}, which this perfkit reads after bringing it to version ${newest}.`,
    { seen: version, remedy: 'Open it once for writing.', place: { file } },
  );
}
