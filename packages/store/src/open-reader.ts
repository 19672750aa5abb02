import { readFileSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { systemCode } from './store-error.js';

/** Where a database's header says how it is written and read: 1 rollback journal, 2 WAL. Source: fileformat2.html, 1.3. */
const journalBytes = [18, 19] as const;

/**
 * A connection that can only read, and has read once: a file that is no database fails here.
 *
 * In WAL mode SQLite makes a -shm file beside the database even to read it. Where it may not (a mounted artifact, a
 * folder of another user) and nothing waits in a -wal file, the whole file is read into memory in its place.
 *
 * Cost: O(1); in a folder that cannot be written to, O(size of the file) in time and memory.
 */
export function openReader(file: string, busyTimeoutMs: number): Database.Database {
  const database = new Database(file, { readonly: true, timeout: busyTimeoutMs });
  try {
    database.pragma('schema_version');
    return database;
  } catch (error) {
    database.close();
    const mayNotShare = /^SQLITE_(CANTOPEN|READONLY)/.test(systemCode(error));
    if (!mayNotShare || sizeOf(`${file}-wal`) > 0) throw error;
    const copy = readFileSync(file);
    for (const byte of journalBytes) copy[byte] = 1;
    return new Database(copy, { readonly: true });
  }
}

/** Size of a file [bytes]; 0 if there is none. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
