import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Git } from './git.js';

export type ManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** The lockfiles there are, and whose. */
export const lockfiles: Readonly<Record<string, ManagerName>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'npm-shrinkwrap.json': 'npm',
  'package-lock.json': 'npm',
};

/** What tells whether two trees of a repository have the same dependencies. */
export interface Dependencies {
  /** Folder with the lockfile, or without one the uppermost with a package.json; relative to the top. */
  readonly folder: string;
  /** Lockfiles in it that git knows. */
  readonly locks: readonly string[];
  /** Every package.json that git knows, relative to the top. */
  readonly manifests: readonly string[];
  /** Whether they ask for anything at all. */
  readonly any: boolean;
  /** Equal where the dependencies are: the lockfiles, or without one what every package.json asks for. */
  readonly fingerprint: string;
}

const ASKED = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'overrides',
  'resolutions',
  'pnpm',
  'workspaces',
];

/**
 * Reads what a tree depends on, as it lies there: what is not committed counts.
 *
 * @param git - In that tree.
 * @param top - Absolute folder at the top of it.
 * @param from - Folder of the project, relative to the top.
 */
export async function readDependencies(git: Git, top: string, from: string): Promise<Dependencies> {
  const names = ['package.json', ...Object.keys(lockfiles)].map((name) => `:(top,glob)**/${name}`);
  const known = new Set((await git.tell('ls-files', '-z', '--full-name', '--', ...names)).split('\0'));
  const folders = upwards(from);
  const locksIn = (folder: string) =>
    Object.keys(lockfiles).filter(
      (name) => known.has(posix(folder, name)) && existsSync(join(top, folder, name)),
    );
  const locked = folders.find((folder) => locksIn(folder).length > 0);
  const manifests = [...known]
    .filter((path) => /(^|\/)package\.json$/.test(path) && existsSync(join(top, path)))
    .sort();
  const asked = manifests.map((path) => [path, askedFor(join(top, path))] as const);
  const any = asked.some(([, parts]) => parts !== '{}');
  if (locked !== undefined) {
    const locks = locksIn(locked);
    const contents = locks.map((name) => [name, readFileSync(join(top, locked, name), 'base64')]);
    return { folder: locked, locks, manifests, any, fingerprint: JSON.stringify([locked, contents]) };
  }
  const folder = folders.findLast((each) => existsSync(join(top, each, 'package.json'))) ?? '';
  return { folder, locks: [], manifests, any, fingerprint: JSON.stringify(asked) };
}

/** The parts of a package.json that say what is to be installed, empty ones left out. */
function askedFor(manifest: string): string {
  try {
    const content = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
    const parts = ASKED.map((key) => [key, content[key]] as const);
    return JSON.stringify(
      Object.fromEntries(parts.filter(([, value]) => Object.keys(Object(value)).length > 0)),
    );
  } catch {
    return '{}';
  }
}

/** A folder and those above it, up to the top; relative to that, the nearest first. */
function upwards(folder: string): string[] {
  if (folder === '' || folder === '.') return [''];
  const above = dirname(folder);
  return [folder, ...upwards(above)];
}

function posix(folder: string, name: string): string {
  return folder === '' ? name : `${folder.replaceAll('\\', '/')}/${name}`;
}
