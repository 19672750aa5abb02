import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Replacement } from '@perf/runner';
import { manifestIn } from './npm-package.js';
import type { Prepared, ReplacedPackage } from './prepared.js';

/**
 * Says what a package in another version stands in for: every copy that the perf files get, be it installed, linked or
 * the project itself.
 *
 * @param files - Absolute paths of the perf files.
 */
export function replacementOf(
  { name, from }: ReplacedPackage,
  { root }: Pick<Prepared, 'root'>,
  files: readonly string[],
): Replacement {
  const folders = new Set([root, ...files.map((file) => dirname(file))]);
  const copies = [...folders].flatMap((folder) => copyFor(name, folder) ?? []);
  const wanted = peersOf(join(from, 'node_modules', name));
  const peers = wanted.filter((peer) => peer !== name && copyFor(peer, root) !== undefined);
  return {
    from,
    instead: [...new Set(copies)],
    ...(peers.length > 0 && { peers: Object.fromEntries(peers.map((peer) => [peer, root])) }),
  };
}

/** Version of the copy that a folder gets, if it gets one. */
export function versionFor(name: string, folder: string): string | undefined {
  const copy = copyFor(name, folder);
  return copy === undefined ? undefined : manifestIn(copy).version;
}

/** Real folder of the copy of a package that the modules of a folder get: the package that they are of, or the nearest installed. */
function copyFor(name: string, folder: string): string | undefined {
  const nearest = nearestWith('package.json', folder);
  if (nearest !== undefined && manifestIn(nearest).name === name) return realpathSync(nearest);
  const installed = join('node_modules', name);
  const above = nearestWith(installed, folder);
  return above === undefined ? undefined : realpathSync(join(above, installed));
}

function nearestWith(path: string, folder: string): string | undefined {
  if (existsSync(join(folder, path))) return folder;
  return dirname(folder) === folder ? undefined : nearestWith(path, dirname(folder));
}

function peersOf(folder: string): string[] {
  return Object.keys(manifestIn(folder).peerDependencies ?? {});
}
