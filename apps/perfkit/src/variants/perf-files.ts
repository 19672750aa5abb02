import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { discover, RunnerError } from '@perf/runner';
import { UsageError } from '../usage-error.js';
import type { filesFromValues } from './choices.js';
import type { Prepared } from './prepared.js';

/**
 * Whose perf files are measured: each side's own, where a version that lacks one of B's gets it; or those of one side
 * on both.
 */
export type FilesFrom = (typeof filesFromValues)[number];

/** The perf files of both sides, absolute. */
export interface PerfFiles {
  readonly a: readonly string[];
  readonly b: readonly string[];
  /** Those of A that are B's, as A has none of that name. */
  readonly lent: readonly string[];
}

interface Sides {
  readonly a: Prepared;
  readonly b: Prepared;
}

/**
 * Finds the perf files of both sides. What one side gets from the other is copied into its worktree; nothing is ever
 * written to a folder of the user's.
 *
 * @param patterns - Relative to each side; absolute ones to the user's folder.
 * @throws {RunnerError} if there are none; {UsageError} `usage/files-from`.
 */
export async function findPerfFiles(
  { a, b }: Sides,
  from: FilesFrom,
  patterns: readonly string[] | undefined,
  cwd: string,
): Promise<PerfFiles> {
  const wanted = patterns?.map((pattern) => (isAbsolute(pattern) ? relative(cwd, pattern) : pattern));
  if (from === 'a') {
    const own = await discover(a.root, wanted);
    return { a: own, b: copyTo(b, a, own, from), lent: [] };
  }
  if (from === 'b') {
    const own = await discover(b.root, wanted);
    return { a: copyTo(a, b, own, from), b: own, lent: [] };
  }
  const ownB = await discover(b.root, wanted);
  if (a.worktree === undefined) return { a: await discover(a.root, wanted), b: ownB, lent: [] };
  const ownA = await discoverSome(a.root, wanted);
  const missing = ownB.filter((file) => !existsSync(join(a.root, relative(b.root, file))));
  const lent = copyTo(a, b, missing, from);
  return { a: [...ownA, ...lent].sort(), b: ownB, lent };
}

/** Copies files of one side to the same places in another one. Gives their paths there. */
function copyTo(to: Prepared, of: Prepared, files: readonly string[], from: FilesFrom): string[] {
  if (to.root === of.root) return [...files];
  const { worktree } = to;
  if (worktree === undefined) {
    throw new UsageError('usage/files-from', `--files-from ${from} would write perf files to ${to.root}.`, {
      seen: from,
      remedy: 'perfkit writes to the worktrees of git:<ref> alone; copy the perf files there yourself.',
    });
  }
  return files.flatMap((file) => {
    const target = join(to.root, relative(of.root, file));
    // A file outside of the repository is no part of any version.
    if (relative(worktree.own, target).startsWith('..')) return [];
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
    return [target];
  });
}

/** The same as `discover` where it is no error that some or all are missing. */
async function discoverSome(root: string, patterns: readonly string[] | undefined): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of patterns ?? [undefined]) {
    try {
      for (const file of await discover(root, pattern === undefined ? undefined : [pattern])) found.add(file);
    } catch (error) {
      if (!(error instanceof RunnerError)) throw error;
    }
  }
  return [...found];
}
