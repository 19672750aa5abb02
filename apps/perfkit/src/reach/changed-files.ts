import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Bases } from './bases.js';
import { gitOutput } from './git-output.js';

/** How the files of two folders differ. */
export interface ChangedFiles {
  /** Paths from the base, with slashes; what is on one side only is among them. Sorted. */
  readonly paths: readonly string[];
  /** Every file of each side that git does not ignore; absent outside of git. */
  readonly known?: { readonly a: ReadonlySet<string>; readonly b: ReadonlySet<string> };
}

/** Installed, built by others, or perfkit's own. */
const SKIPPED = new Set(['node_modules', '.git', '.perfkit']);
/** More files outside of git are not looked through. */
const MOST_FILES = 20_000;

/** The files of two folders by path, each as something that is equal for equal content. */
type Contents = Map<string, string>;

/**
 * Compares two folders file by file: in git all that it does not ignore, also what is not committed; elsewhere all but
 * `node_modules`.
 *
 * @returns Undefined if there are too many files outside of git to look through.
 *
 * Cost: in git two commands for each side, and reading what differs from the index; elsewhere reading every file.
 */
export async function changedFiles({ a, b, git }: Bases): Promise<ChangedFiles | undefined> {
  if (a === b) return { paths: [] };
  if (git) {
    const [ofA, ofB] = await Promise.all([contentsInGit(a), contentsInGit(b)]);
    if (ofA !== undefined && ofB !== undefined)
      return { paths: differing(ofA, ofB), known: { a: new Set(ofA.keys()), b: new Set(ofB.keys()) } };
  }
  const [ofA, ofB] = [contentsIn(a), contentsIn(b)];
  return ofA === undefined || ofB === undefined ? undefined : { paths: differing(ofA, ofB) };
}

function differing(a: Contents, b: Contents): string[] {
  const paths = new Set([...a.keys(), ...b.keys()]);
  return [...paths].filter((path) => a.get(path) !== b.get(path)).sort();
}

/** Content by the name that git has for it: known for all that is as it was staged, computed for the rest. */
async function contentsInGit(top: string): Promise<Contents | undefined> {
  const [staged, loose] = await Promise.all([
    gitOutput(top, ['ls-files', '--stage', '-z']),
    gitOutput(top, ['ls-files', '--modified', '--others', '--exclude-standard', '-z']),
  ]);
  if (staged === undefined || loose === undefined) return undefined;
  const contents: Contents = new Map();
  let algorithm = 'sha1';
  for (const entry of parts(staged)) {
    const [, id = '', path = ''] = /^\d+ ([0-9a-f]+) \d\t(.*)$/s.exec(entry) ?? [];
    if (id.length === 64) algorithm = 'sha256';
    if (!isSkipped(path)) contents.set(path, id);
  }
  for (const path of parts(loose).filter((one) => !isSkipped(one))) {
    const id = blobName(join(top, path), algorithm);
    if (id === undefined) contents.delete(path);
    else contents.set(path, id);
  }
  return contents;
}

function contentsIn(folder: string): Contents | undefined {
  const contents: Contents = new Map();
  const folders = [''];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of readdirSync(join(folder, next), { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const path = next === '' ? entry.name : `${next}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      const id = entry.isDirectory() ? undefined : blobName(join(folder, path), 'sha1');
      if (id !== undefined) contents.set(path, id);
      if (contents.size > MOST_FILES) return undefined;
    }
  }
  return contents;
}

/** The name that git gives to a file's content; undefined for what is gone, or no file. */
function blobName(path: string, algorithm: string): string | undefined {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined || !(stat.isFile() || stat.isSymbolicLink())) return undefined;
  const content = stat.isFile() ? readFileSync(path) : Buffer.from(readlinkSync(path));
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex');
}

function parts(list: string): string[] {
  return list.split('\0').filter((part) => part !== '');
}

function isSkipped(path: string): boolean {
  return path.split('/').some((part) => SKIPPED.has(part));
}
