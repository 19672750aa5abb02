import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '../usage-error.js';
import { prepareWorktree, type WorktreeOptions } from './git-worktree.js';
import { checkFlags, findNode } from './node-binary.js';
import { preparePackage } from './npm-package.js';
import type { Prepared, Preparing } from './prepared.js';
import type { Side } from './side.js';

/**
 * Makes one side ready to be measured.
 *
 * @throws {UsageError} for what is not there or cannot be got; the signal's reason.
 */
export async function prepareSide(side: Side, options: WorktreeOptions, on: Preparing): Promise<Prepared> {
  const { what, flags, env } = side;
  const prepared = await prepareWhat(what, options, on);
  await checkFlags(prepared.node?.execPath ?? process.execPath, flags, env, on);
  return prepared;
}

async function prepareWhat(what: Side['what'], options: WorktreeOptions, on: Preparing): Promise<Prepared> {
  switch (what.kind) {
    case 'git':
      return await prepareWorktree(what.ref, options, on);
    case 'npm':
      return await preparePackage(what.name, what.range, on);
    case 'node': {
      const node = await findNode(what.path, on);
      return { label: `node:${what.path} (${node.version})`, root: realpathSync(on.cwd), node };
    }
    case 'directory':
      return { label: what.path, root: directoryAt(what.path, on.cwd) };
  }
}

/** @throws {UsageError} `usage/no-directory`. */
function directoryAt(path: string, cwd: string): string {
  const folder = resolve(cwd, path);
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) return folder;
  if (stat?.isFile() === true || /[*?{]|\.perf\.[mc]?[jt]s$/.test(path)) {
    throw new UsageError('usage/no-directory', `${path} stands where a variant is expected.`, {
      seen: path,
      remedy: `Perf files come behind both variants: perfkit compare git:merge-base . ${path}`,
    });
  }
  throw new UsageError('usage/no-directory', `There is no directory ${path}.`, {
    seen: path,
    remedy:
      'A variant is a directory with the perf files and their dependencies, git:<ref>, npm:<package>@<version> or node:<binary>.',
  });
}
