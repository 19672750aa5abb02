import { Module } from 'node:module';
import { checkReached, detourOf, insideOf, isReplaced } from './borders.js';
import type { HookData } from './hooks.js';
import { note, REPLACED } from './seen.js';

/** The part of Node's loader of CommonJS that every `require`, `createRequire` and `require.resolve` goes through. */
interface Loader {
  _resolveFilename(
    request: string,
    parent: { filename?: string | null } | null | undefined,
    ...rest: unknown[]
  ): string;
}

/**
 * Does for `require` what the hooks do for `import`, which is all that those see.
 *
 * Changes Node's own loader in this process, for good; what it costs is paid while modules load.
 */
export function guardRequire({ options, seen }: HookData): void {
  const loader = Module as unknown as Loader;
  const original = loader._resolveFilename;
  loader._resolveFilename = function resolveWithinBorders(request, parent, ...rest) {
    const importer = parent?.filename ?? undefined;
    const find = () => original.call(this, request, parent, ...rest);
    const detour = detourOf(options, request, importer);
    if (detour !== undefined) {
      const { from, unlessOwn, replaces } = detour;
      const found = unlessOwn === undefined ? undefined : quietly(find);
      if (found !== undefined && unlessOwn !== undefined && !isReplaced(unlessOwn, found)) return found;
      if (replaces) note(seen, REPLACED);
      return original.call(this, request, parentIn(from), ...rest);
    }
    const target = find();
    checkReached(options, { specifier: request, importer, target });
    return target;
  };
}

/** A module that lies in a folder, to find from there what it would find. */
function parentIn(folder: string): Module {
  const parent = new Module(insideOf(folder));
  parent.filename = insideOf(folder);
  parent.paths = (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(folder);
  return parent;
}

function quietly(find: () => string): string | undefined {
  try {
    return find();
  } catch {
    return undefined;
  }
}
