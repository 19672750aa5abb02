import { realpathSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { UsageError } from '../usage-error.js';
import type { installModes } from './choices.js';
import { lastWords, runCommand } from './command.js';
import { forgetVanished } from './forget-worktree.js';
import { type Git, gitIn, topOf } from './git.js';
import { findCommit } from './git-commit.js';
import { makeHolder } from './holder.js';
import { install, managerOf } from './install.js';
import { type Dependencies, readDependencies } from './lockfile.js';
import type { Prepared, Preparing } from './prepared.js';
import { shareModules, shareModulesAbove } from './share-modules.js';

/** How a worktree gets its dependencies and what is built of it. */
export interface WorktreeOptions {
  /** `auto`: of its own where the lockfile differs from that of the working tree, else shared with it. */
  readonly install: (typeof installModes)[number];
  /** Line for the shell that makes the version ready, such as `npm run build`. */
  readonly prepare?: string | undefined;
}

/**
 * Checks a commit out into a worktree of its own, and gives it its dependencies.
 *
 * @throws {UsageError} where git, the ref, an installation or the command to prepare fails.
 */
export async function prepareWorktree(
  ref: string,
  options: WorktreeOptions,
  on: Preparing,
): Promise<Prepared> {
  const cwd = realpathSync(on.cwd);
  const here = gitIn(cwd, on.signal);
  const top = realpathSync(await topOf(here));
  const { sha, label, because } = await findCommit(here, ref);
  if (because !== undefined) on.say(`${label} is ${because}.`);
  await forgetVanished(here);
  const holder = makeHolder(top);
  on.undo(holder.remove);
  await here.tell('worktree', 'add', '--detach', '--force', holder.tree, sha);
  const folder = relative(top, cwd);
  const root = join(holder.tree, folder);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError('usage/no-directory', `${label} has no directory ${folder}.`, {
      seen: folder,
      remedy: 'Run it in a folder that both versions have, such as the top of the repository.',
    });
  }
  const there = gitIn(root, on.signal);
  await provide({ here, top, there, tree: holder.tree, folder, label }, options.install, on);
  if (options.prepare !== undefined) await makeReady(options.prepare, root, label, on);
  return {
    label,
    root,
    source: { commit: sha, dirty: false, ...(await orderOf(there)) },
    worktree: { own: holder.tree, other: top },
  };
}

interface Worktree {
  readonly here: Git;
  readonly top: string;
  readonly there: Git;
  readonly tree: string;
  readonly folder: string;
  readonly label: string;
}

/** Dependencies: installed where they are others than the working tree's, else shared with it. */
async function provide(
  { here, top, there, tree, folder, label }: Worktree,
  mode: WorktreeOptions['install'],
  { signal, say }: Preparing,
): Promise<void> {
  const wanted = await readDependencies(there, tree, folder);
  const differ = wanted.fingerprint !== (await readDependencies(here, top, folder)).fingerprint;
  const trees = { from: top, to: tree };
  if (mode === 'always' || (mode === 'auto' && differ)) {
    if (wanted.any) await installHere(wanted, { tree, label, differ }, { signal, say });
  } else {
    shareModules(trees, ['', folder, ...wanted.manifests.map((path) => dirname(path))]);
  }
  shareModulesAbove(trees);
}

async function installHere(
  wanted: Dependencies,
  { tree, label, differ }: { tree: string; label: string; differ: boolean },
  { signal, say }: Pick<Preparing, 'signal' | 'say'>,
): Promise<void> {
  const folder = join(tree, wanted.folder);
  const manager = managerOf(folder, wanted);
  const why = differ ? `: ${wanted.locks[0] ?? 'package.json'} is not that of the working tree` : '';
  say(`Installing the dependencies of ${label} with ${manager.name}${why}.`);
  await install(folder, manager, wanted.locks.length > 0, signal);
}

async function makeReady(
  line: string,
  root: string,
  label: string,
  { signal, say }: Preparing,
): Promise<void> {
  say(`Running "${line}" in ${label}.`);
  const ended = await runCommand(line, [], { cwd: root, shell: true, signal });
  if (ended.code === 0) return;
  throw new UsageError('usage/prepare', `"${line}" failed in ${label}: ${lastWords(ended)}`, {
    seen: line,
    remedy: 'It runs in a checkout of that version, with its dependencies; try it in one.',
  });
}

/** Place in the history, unless the clone is too shallow to tell. */
async function orderOf(git: Git): Promise<{ order?: number }> {
  if ((await git.ask('rev-parse', '--is-shallow-repository')) === 'true') return {};
  const count = await git.ask('rev-list', '--count', '--first-parent', 'HEAD');
  return count === undefined ? {} : { order: Number(count) };
}
