import { statSync } from 'node:fs';

/** What may be left out of a path, in the order in which bundlers try it. */
const ENDINGS = ['', '.ts', '.mts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js', '/index.mjs'];

/**
 * The file that a path names as TypeScript or a bundler spells it: `./x.js` for `./x.ts`, and without an ending.
 *
 * @param path - Absolute.
 */
export function sourceFile(path: string): string | undefined {
  const candidates = [...ENDINGS.map((ending) => path + ending), path.replace(/\.([mc]?)js$/, '.$1ts')];
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile() === true);
}
