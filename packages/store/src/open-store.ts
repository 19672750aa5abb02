import { resolve } from 'node:path';
import { openDatabase, type StoreOptions } from './open-database.js';
import type { Store } from './store.js';
import { storeOver } from './store-over.js';

/**
 * Opens a history, making its folders, the file and its tables if need be.
 *
 * @param file - Path of the database. SQLite keeps `<file>-wal` and `<file>-shm` beside it while it is in use.
 * @throws {StoreError} `store/not-a-database`, `store/foreign-database`, `store/newer-database` (the file is left as
 * it was), `store/no-access`, `store/full`, `store/locked`, `store/migration-failed`, `store/no-driver`; when opened
 * for reading also `store/no-database` and `store/older-database`.
 */
export function openStore(file: string, options: StoreOptions = {}): Store {
  const path = resolve(file);
  return storeOver(openDatabase(path, options), path);
}
