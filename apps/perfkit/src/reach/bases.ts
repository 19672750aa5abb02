import { realpathSync } from 'node:fs';
import { relative } from 'node:path';
import { gitOutput } from './git-output.js';

/** The folders whose files correspond by their paths, absolute and real. */
export interface Bases {
  readonly a: string;
  readonly b: string;
  /** Whether each is the top of a working tree of git. */
  readonly git: boolean;
}

/**
 * The folders that two variants are compared in: the tops of their working trees, where both stand at the same place in
 * theirs, so that the rest of a repository with many packages counts as well; else their own folders.
 */
export async function basesOf(rootA: string, rootB: string): Promise<Bases> {
  const [a, b] = [realpathSync(rootA), realpathSync(rootB)];
  const [topA, topB] = [await topOf(a), await topOf(b)];
  if (topA !== undefined && topB !== undefined && relative(topA, a) === relative(topB, b))
    return { a: topA, b: topB, git: true };
  return { a, b, git: false };
}

async function topOf(folder: string): Promise<string | undefined> {
  const top = (await gitOutput(folder, ['rev-parse', '--show-toplevel']))?.trim();
  return top === undefined || top === '' ? undefined : realpathSync(top);
}
