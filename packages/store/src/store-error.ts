import { PerfError, type PerfErrorOptions } from '@perf/schema';
import Database from 'better-sqlite3';

/** The store cannot do what it was asked to. What was stored before is still there. */
export class StoreError extends PerfError {
  override readonly name = 'StoreError';

  constructor(code: `store/${string}`, message: string, options?: PerfErrorOptions) {
    super(code, message, options);
  }
}

/** Code of an error of SQLite or of the file system, such as `SQLITE_FULL` or `ENOSPC`. */
export function systemCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(systemCode(error));
}

interface Cause {
  readonly when: RegExp;
  readonly code: `store/${string}`;
  readonly says: (file: string) => string;
  readonly remedy: string;
}

/** First match wins. */
const causes: readonly Cause[] = [
  {
    when: /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    code: 'store/full',
    says: (file) => `There is no room left to write to ${file}. What it held before is unchanged.`,
    remedy: 'Free space on the disk, then store the run again: what is stored already is skipped.',
  },
  {
    when: /^SQLITE_(BUSY|LOCKED)/,
    code: 'store/locked',
    says: (file) => `Another process kept ${file} locked for the whole waiting time.`,
    remedy: 'Wait for the other process, or raise busyTimeoutMs.',
  },
  {
    when: /^SQLITE_(NOTADB|CORRUPT)/,
    code: 'store/damaged',
    says: (file) => `${file} is damaged.`,
    remedy:
      'Copy the file and its -wal file aside, then recover the copy with "sqlite3 <copy> .recover" or import the last JSON export into a new database.',
  },
  {
    when: /^SQLITE_READONLY$/,
    code: 'store/read-only',
    says: (file) => `${file} cannot be written to: it was opened for reading, or its permissions say so.`,
    remedy: 'Open it without readonly, or make the file and its folder writable.',
  },
  {
    when: /^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT|ENAMETOOLONG|ELOOP|ERR_INVALID_ARG_VALUE)/,
    code: 'store/no-access',
    says: (file) => `${file} cannot be opened or created.`,
    remedy: 'Name a file in a folder that exists or can be created, and that this user may write to.',
  },
  {
    when: /^SQLITE_TOOBIG/,
    code: 'store/too-big',
    says: (file) => `One part of the document is larger than SQLite can hold in ${file}.`,
    remedy: 'Keep large artifacts in files of their own.',
  },
  {
    when: /^(SQLITE_IOERR|EIO)/,
    code: 'store/io',
    says: (file) => `The system could not read or write ${file}.`,
    remedy: 'Check the disk. What was stored before this is unchanged.',
  },
  {
    when: /^(ERR_DLOPEN_FAILED|MODULE_NOT_FOUND)/,
    code: 'store/no-driver',
    says: () => 'The native part of better-sqlite3 does not load on this Node.js.',
    remedy: 'Run "npm rebuild better-sqlite3" (or your package manager\'s equal) with the Node.js in use.',
  },
];

/** An error of SQLite or the file system as a StoreError about `file`; any other error as it is. */
export function storeFailure(file: string, error: unknown): unknown {
  if (error instanceof PerfError) return error;
  const found = causes.find(({ when }) => when.test(systemCode(error)));
  if (found !== undefined) return failure(found, file, error);
  // better-sqlite3 looks for its binary itself and gives that error no code.
  if (error instanceof Error && error.message.startsWith('Could not locate the bindings file')) {
    return failure(causes.at(-1) as Cause, file, error);
  }
  if (!(error instanceof Database.SqliteError)) return error;
  return new StoreError('store/sqlite', `SQLite refused to work on ${file}: ${error.message}.`, {
    seen: error.code,
    place: { file },
    cause: error,
  });
}

function failure({ code, says, remedy }: Cause, file: string, error: unknown): StoreError {
  const seen = systemCode(error) || undefined;
  return new StoreError(code, says(file), { seen, remedy, place: { file }, cause: error });
}

/** Runs `work` and throws what fails in it as `storeFailure` says it. */
export function guarded<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storeFailure(file, error);
  }
}
