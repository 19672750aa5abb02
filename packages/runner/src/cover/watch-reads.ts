import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const calls = ['readFileSync', 'openSync', 'readFile', 'open'] as const;
const promised = ['readFile', 'open'] as const;

type Anything = (...given: unknown[]) => unknown;

/**
 * Notes from now on which files this thread opens with `node:fs`, and which native addons it loads. What modules are
 * loaded with `import` is read in another thread and not among them; what `require` reads is.
 *
 * It replaces functions of `node:fs` by ones that do the same: only for processes in which nothing is measured.
 *
 * @returns A set of absolute paths, with symbolic links as they were given; it grows.
 */
export function watchReads(): ReadonlySet<string> {
  const read = new Set<string>();
  const note = (file: unknown) => {
    if (file instanceof URL && file.protocol === 'file:') read.add(fileURLToPath(file));
    else if (Buffer.isBuffer(file)) read.add(resolve(file.toString()));
    else if (typeof file === 'string') read.add(resolve(file));
  };
  const wrap = <Key extends string>(owner: Record<Key, unknown>, name: Key, position = 0) => {
    const original = owner[name] as Anything;
    owner[name] = function watched(this: unknown, ...given: unknown[]) {
      note(given[position]);
      return original.apply(this, given);
    };
  };
  for (const name of calls) wrap(fs as Record<(typeof calls)[number], unknown>, name);
  for (const name of promised) wrap(fs.promises as Record<(typeof promised)[number], unknown>, name);
  wrap(process as unknown as Record<'dlopen', unknown>, 'dlopen', 1);
  syncBuiltinESMExports();
  return read;
}
