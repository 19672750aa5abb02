import { open, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { LeakError } from '@perf/leak';
import { visible } from '@perf/report';
import { describeError } from '@perf/schema/core';
import { UsageError } from '../usage-error.js';

export type HeapFileKind = 'snapshot' | 'profile';

/** What each kind is called, and how one comes by it. */
const KINDS = {
  snapshot: {
    name: 'heap snapshot',
    source: 'v8.writeHeapSnapshot(), node --heapsnapshot-signal=SIGUSR2, or Chrome DevTools',
  },
  profile: {
    name: 'heap profile',
    source: 'profileHeap() of @perf/leak, node --heap-prof, or Chrome DevTools',
  },
} as const;

/** Of the beginning of a file that tells what it is [bytes]. */
const BEGINNING = 256;

/** "heap snapshot" or "heap profile". */
export function nameOf(kind: HeapFileKind): string {
  return KINDS[kind].name;
}

/**
 * What a file says at its beginning that it is; one that does not say so, such as an empty one, is taken for what it is
 * called. A pipe, which can be read but once, is taken for a snapshot.
 *
 * @throws {UsageError} `usage/unreadable`; `usage/no-heap-file` if it is neither by its beginning nor by its name.
 */
export async function kindOf(file: string): Promise<HeapFileKind> {
  const text = await beginningOf(file);
  if (text === undefined) return 'snapshot';
  const key = /^\s*\{\s*"(\w+)"\s*:/.exec(text)?.[1];
  if (key === 'snapshot') return 'snapshot';
  if (key === 'head' || key === 'samples') return 'profile';
  const ending = extname(file).toLowerCase();
  if (ending === '.heapsnapshot') return 'snapshot';
  if (ending === '.heapprofile') return 'profile';
  throw new UsageError(
    'usage/no-heap-file',
    `${file} is neither a heap snapshot nor a heap profile: ${seen(text)}.`,
    {
      seen: file,
      remedy: 'Name a .heapsnapshot or a .heapprofile file.',
    },
  );
}

/**
 * Reads a file of a kind.
 *
 * @throws {UsageError} `usage/no-snapshot` or `usage/no-heap-profile` if it is no whole one; `usage/unreadable`.
 */
export async function readAs<Content>(
  kind: HeapFileKind,
  file: string,
  read: (file: string) => Promise<Content>,
): Promise<Content> {
  try {
    return await read(file);
  } catch (error) {
    if (!(error instanceof LeakError)) throw unreadable(file, error);
    const code = kind === 'snapshot' ? 'usage/no-snapshot' : 'usage/no-heap-profile';
    const { name, source } = KINDS[kind];
    throw new UsageError(code, `${file} is no whole ${name}: ${visible(error.message)}`, {
      seen: file,
      remedy: `Take one anew: ${source}.`,
      cause: error,
    });
  }
}

/** `undefined` for what is no regular file. */
async function beginningOf(file: string): Promise<string | undefined> {
  try {
    if (!(await stat(file)).isFile()) return undefined;
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

function seen(text: string): string {
  return text === '' ? 'it is empty' : `it begins with "${visible(text.slice(0, 20))}"`;
}

function unreadable(file: string, error: unknown): UsageError {
  return new UsageError('usage/unreadable', `${file} cannot be read: ${describeError(error)}.`, {
    seen: file,
    remedy: 'Name a .heapsnapshot or .heapprofile file that you may read.',
    cause: error,
  });
}
