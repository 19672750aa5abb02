import { existsSync } from 'node:fs';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import type { Bases } from './bases.js';

/** A file of side a and what it is on side b; one of them is missing where there is no counterpart. */
export interface FilePair {
  readonly a?: string;
  readonly b?: string;
}

/**
 * Finds for files of one side the same files of the other: those at the same path from the base; in `node_modules` those
 * at the same path in a package of that name, wherever it is installed; and files that were moved, by their content or
 * a name that only they have.
 *
 * @param contentOf - Of a file by its absolute path; equal for equal content.
 * @returns The pairs that differ, and what has no counterpart even on the disk. What is one file for both is left out.
 */
export function pairFiles(
  a: readonly string[],
  b: readonly string[],
  bases: Bases,
  contentOf: (path: string) => string | undefined,
): FilePair[] {
  const [allA, allB] = [new Set(a), new Set(b)];
  const left = {
    a: new Set(a.filter((path) => !allB.has(path))),
    b: new Set(b.filter((path) => !allA.has(path))),
  };
  const pairs: FilePair[] = [];
  const take = (ofA: string, ofB: string) => {
    left.a.delete(ofA);
    left.b.delete(ofB);
    if (contentOf(ofA) !== contentOf(ofB)) pairs.push({ a: ofA, b: ofB });
  };
  const match = (key: (path: string, side: 'a' | 'b') => string | undefined) => {
    const ofB = unique([...left.b], (path) => key(path, 'b'));
    for (const [name, path] of unique([...left.a], (one) => key(one, 'a'))) {
      const other = ofB.get(name);
      if (other !== undefined) take(path, other);
    }
  };
  match((path, side) => pathInBase(path, bases[side]));
  match((path) => pathInPackage(path));
  for (const path of left.a) takeFromDisk(path, bases.a, bases.b, (other) => take(path, other));
  for (const path of left.b) takeFromDisk(path, bases.b, bases.a, (other) => take(other, path));
  match((path) => (pathInPackage(path) === undefined ? contentOf(path) : undefined));
  match((path) => (pathInPackage(path) === undefined ? basename(path) : undefined));
  return [...pairs, ...[...left.a].map((path) => ({ a: path })), ...[...left.b].map((path) => ({ b: path }))];
}

/** Path from a folder with slashes, or undefined if it is not in it. */
export function pathInBase(path: string, base: string): string | undefined {
  const way = relative(base, path);
  return way === '' || way.split(sep)[0] === '..' || isAbsolute(way) ? undefined : way.split(sep).join('/');
}

/** `lodash/get.js` for a file that is installed somewhere. */
export function pathInPackage(path: string): string | undefined {
  const parts = path.split(sep).join('/').split('/node_modules/');
  return parts.length > 1 ? parts.at(-1) : undefined;
}

/** What the other side did not load may still be there. */
function takeFromDisk(path: string, own: string, other: string, take: (counterpart: string) => void): void {
  const way = pathInBase(path, own);
  if (way === undefined || own === other) return;
  const counterpart = join(other, way);
  if (existsSync(counterpart)) take(counterpart);
}

/** Paths by a key that only one of them has. */
function unique(paths: readonly string[], key: (path: string) => string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  const seen = new Set<string>();
  for (const path of paths) {
    const name = key(path);
    if (name === undefined) continue;
    if (seen.has(name)) found.delete(name);
    else found.set(name, path);
    seen.add(name);
  }
  return found;
}
