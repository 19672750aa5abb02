import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { type Identity, identify } from './identity.js';
import { openReader, sizeOf } from './open-reader.js';
import { StoreError, storeFailure, systemCode } from './store-error.js';

/** First 16 bytes of every SQLite database. Source: sqlite.org/fileformat2.html, 1.3. */
const magic = 'SQLite format 3\0';

/**
 * Looks at a file without changing it or its -wal file.
 *
 * A connection that may write would, on the way out, copy the -wal file over a main file that it found damaged. So
 * this opens for reading only, and first of all compares the first bytes itself.
 *
 * @returns The database's identity; `undefined` if there is no file, an empty one, or one whose last writer was killed
 * before it came to WAL: what it is shows when it is opened.
 * @throws {StoreError} `store/not-a-database` if it is none, or one that is truncated or damaged.
 */
export function inspectFile(file: string, busyTimeoutMs: number): Identity | undefined {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status === undefined) return undefined;
  if (!status.isFile()) throw notADatabase(file, 'it is no ordinary file');
  if (status.size === 0) {
    // SQLite would delete the -wal file of an empty database, and with it all that was committed last.
    if (sizeOf(`${file}-wal`) > 0) throw notADatabase(file, 'it is empty, but its -wal file is not');
    return undefined;
  }
  const header = readHeader(file);
  if (header.magic !== magic) throw notADatabase(file, 'its first bytes are others');
  try {
    return inspectTables(file, busyTimeoutMs, header.bytes > status.size);
  } catch (error) {
    const code = systemCode(error);
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) throw notADatabase(file, 'it is truncated or damaged', error);
    // A process was killed while it wrote without WAL: only a connection that may write can take that back.
    if (code === 'SQLITE_READONLY_ROLLBACK') return undefined;
    throw storeFailure(file, error);
  }
}

/**
 * A main file shorter than it says was cut, or its last writer was killed while it copied the -wal file into it: then
 * the -wal file has what is missing. SQLite does not ask which; reading every page does.
 */
function inspectTables(file: string, busyTimeoutMs: number, tooShort: boolean): Identity {
  const reader = openReader(file, busyTimeoutMs);
  try {
    if (tooShort && reader.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      throw notADatabase(file, 'it is shorter than it says');
    }
    return identify(reader);
  } finally {
    reader.close();
  }
}

function notADatabase(file: string, why: string, cause?: unknown): StoreError {
  return new StoreError('store/not-a-database', `${file} is not a readable SQLite database: ${why}.`, {
    remedy:
      'It was left as it is. Name another file, restore a backup (<file>.v<n>.backup), or move it and its -wal file away and import the last JSON export.',
    place: { file },
    cause,
  });
}

/** The first bytes, and the size that the header claims [bytes]. Source: fileformat2.html, 1.3. */
function readHeader(file: string): { magic: string; bytes: number } {
  const descriptor = openSync(file, 'r');
  try {
    const header = Buffer.alloc(32);
    readSync(descriptor, header, 0, header.length, 0);
    const pageSize = header.readUInt16BE(16);
    const pages = header.readUInt32BE(28);
    return { magic: header.toString('latin1', 0, 16), bytes: (pageSize === 1 ? 65_536 : pageSize) * pages };
  } finally {
    closeSync(descriptor);
  }
}
