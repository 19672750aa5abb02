import { readFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of this package, and the one in which its siblings lie, be it `node_modules/@perf` or a workspace's. */
const ownPackage = packageFolder(fileURLToPath(import.meta.url));
const siblings = dirname(ownPackage);
const names = new Map<string, boolean>();

/**
 * Whose a place in the code is, when it is perfkit's own: `profiler` for this package and the inspector that it calls,
 * `perfkit` for built code and sources of an installed `@perf` package or of a sibling of this one.
 *
 * @param file - Path, or URL such as `node:fs`, as `placeOf` gives it.
 */
export function ownerOf(file: string): 'profiler' | 'perfkit' | undefined {
  if (file.startsWith('node:')) return /^node:(internal\/)?inspector\b/.test(file) ? 'profiler' : undefined;
  if (isCodeOf(ownPackage, file)) return 'profiler';
  if (/[\\/]node_modules[\\/]@perf[\\/][^\\/]+[\\/]dist[\\/]/.test(file)) return 'perfkit';
  const [, folder = ''] = file.startsWith(siblings) ? file.slice(siblings.length).split(/[\\/]/) : [];
  const sibling = join(siblings, folder);
  return folder !== '' && isCodeOf(sibling, file) && isOwnPackage(sibling) ? 'perfkit' : undefined;
}

/**
 * Whether a function belongs to the perfkit code that called it: clocks and timers of Node.js, and whatever the profiler
 * calls to begin and end. What is built into V8 may be the measured function itself, given to perfkit as it is.
 *
 * @param url - Of the function that was called; empty for what is built in.
 */
export function servesOwner(owner: 'profiler' | 'perfkit', url: string): boolean {
  return url.startsWith('node:') || (owner === 'profiler' && url === '');
}

function isCodeOf(folder: string, file: string): boolean {
  return ['dist', 'src'].some((code) => file.startsWith(join(folder, code, sep)));
}

/** Whoever keeps perfkit among packages of their own has siblings that are not ours: their names tell. */
function isOwnPackage(folder: string): boolean {
  let own = names.get(folder);
  if (own === undefined) {
    own = packageName(folder).startsWith('@perf/');
    names.set(folder, own);
  }
  return own;
}

function packageName(folder: string): string {
  try {
    const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name?: unknown };
    return typeof name === 'string' ? name : '';
  } catch {
    return '';
  }
}

/** The package of a file in `dist` or, when it runs from sources, in `src`. */
function packageFolder(file: string): string {
  let folder = dirname(file);
  while (!['dist', 'src'].includes(basename(folder)) && folder !== dirname(folder)) folder = dirname(folder);
  return dirname(folder);
}
