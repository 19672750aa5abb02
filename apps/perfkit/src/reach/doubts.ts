import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bases } from './bases.js';
import type { ChangedFiles } from './changed-files.js';
import { decidingFields, fileKind } from './file-kind.js';

/**
 * What of the difference between two folders may act on any probe, whatever it executes.
 *
 * @param known - Paths that are already doubted.
 */
export function doubtsOnFiles({ paths }: ChangedFiles, bases: Bases, known: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (known.includes(path)) return [];
    switch (fileKind(path)) {
      case 'lockfile':
        return [`${path} differs, and with it the dependencies may`];
      case 'manifest': {
        const fields = decidingFields(textOf(join(bases.a, path)), textOf(join(bases.b, path)));
        return fields.length === 0 ? [] : [`${path} differs in ${fields.join(', ')}`];
      }
      case 'data':
        return [`${path} differs and may be read at run time`];
      default:
        return [];
    }
  });
}

/**
 * Why a change of scripts that a probe did not load may be in it all the same: it runs files that were made from others,
 * which git ignores.
 *
 * @param loaded - Paths from the base of what it loaded, by side.
 */
export function doubtOnGenerated(
  { paths, known }: ChangedFiles,
  loaded: Readonly<Record<'a' | 'b', readonly string[]>>,
): string[] {
  if (known === undefined) return [];
  const all = new Set([...loaded.a, ...loaded.b]);
  const unseen = paths.some((path) => fileKind(path) === 'script' && !all.has(path) && !isTest(path));
  const generated = (['a', 'b'] as const).flatMap((side) =>
    loaded[side].filter((path) => !known[side].has(path) && !path.split('/').includes('node_modules')),
  );
  const [first] = generated;
  return unseen && first !== undefined
    ? [`it runs files that are made from others, such as ${first}: whether they hold the diff is not known`]
    : [];
}

/** Nothing is built from tests and from perf files. */
function isTest(path: string): boolean {
  return /(^|\/)(tests?|__tests__|spec)\/|\.(test|spec|perf)\.[mc]?[jt]s$/.test(path);
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
