import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { discover, type Variant } from '@perf/runner';
import { UsageError } from './usage-error.js';

/**
 * A folder with perf files as one side of a comparison.
 *
 * @throws {UsageError} `usage/no-directory`; {RunnerError} if it holds no perf files.
 */
export async function variantOf(
  folder: string,
  label: string,
  cwd: string,
  patterns: readonly string[] | undefined,
): Promise<Variant> {
  const root = resolve(cwd, folder);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError('usage/no-directory', `There is no directory ${folder}.`, {
      seen: folder,
      remedy: 'A variant is a directory with the perf files and their dependencies.',
    });
  }
  return { label, root, files: await discover(root, patterns) };
}

/** Names to tell the variants apart by: their folders' names where they differ, else what was typed. */
export function labelsOf(a: string, b: string): { a: string; b: string } {
  const short = { a: basename(resolve(a)), b: basename(resolve(b)) };
  if (short.a !== short.b) return short;
  return a === b ? { a: `${a} (a)`, b: `${b} (b)` } : { a, b };
}
