import { existsSync, mkdirSync, readdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/** Two trees of one repository. Absolute real folders. */
export interface Trees {
  /** Whose `node_modules` are shared. */
  readonly from: string;
  /** Which gets links to what is in them. */
  readonly to: string;
}

/**
 * Gives a tree the installed packages of another one, without a copy: in each folder a `node_modules` of links, one for
 * each package. Links of workspaces, which lead into the sources of the one tree, lead to the same place in the other;
 * a workspace that this one does not have is left out.
 *
 * @param folders - With a package.json, relative to the top: each may have a `node_modules` of its own.
 */
export function shareModules(trees: Trees, folders: Iterable<string>): void {
  for (const folder of new Set(folders)) {
    const target = join(trees.to, folder, 'node_modules');
    // One that is committed is part of that version.
    if (!existsSync(target)) mirror(trees, join(trees.from, folder, 'node_modules'), target);
  }
}

/** The same for what lies above the trees, where Node.js looks last: the nearest copy of each package. */
export function shareModulesAbove(trees: Trees): void {
  for (const above of foldersAbove(trees.from)) {
    mirror(trees, join(above, 'node_modules'), join(dirname(trees.to), 'node_modules'));
  }
}

function mirror(trees: Trees, from: string, to: string): void {
  for (const name of entriesOf(from)) {
    if (name.startsWith('@') || name === '.bin') {
      mirror(trees, join(from, name), join(to, name));
      continue;
    }
    const target = counterpart(trees, join(from, name));
    if (target === undefined || existsSync(join(to, name))) continue;
    mkdirSync(to, { recursive: true });
    // The type matters on Windows alone, where a link to a folder needs rights that a junction does not.
    symlinkSync(target, join(to, name), statSync(target).isDirectory() ? 'junction' : 'file');
  }
}

/** Where an entry leads to in the other tree: to the same sources there, or to what is installed here. */
function counterpart({ from, to }: Trees, entry: string): string | undefined {
  let real: string;
  try {
    real = realpathSync(entry);
  } catch {
    return undefined;
  }
  const path = relative(from, real);
  if (path.startsWith('..') || isAbsolute(path) || path.split(sep).includes('node_modules')) return real;
  return existsSync(join(to, path)) ? join(to, path) : undefined;
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function foldersAbove(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [] : [above, ...foldersAbove(above)];
}
