import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Run } from '@perf/schema';
import { openStore, type Store } from '@perf/store';
import { type LoadedConfig, loadConfig, storePath } from '../config/load-config.js';
import { UsageError } from '../usage-error.js';

/** Flags of every command that works on the store. */
export interface StoredArguments {
  readonly config?: string | undefined;
  readonly store?: string | undefined;
  readonly json: boolean;
}

/** Opens the store that flags and configuration name; it must exist unless it is to be written anew. */
export function openNamedStore(
  argv: StoredArguments,
  access: 'read' | 'change' | 'write',
): { store: Store; loaded: LoadedConfig } {
  const cwd = process.cwd();
  const loaded = loadConfig(cwd, argv.config);
  const file = argv.store === undefined ? storePath(loaded) : resolve(cwd, argv.store);
  if (access !== 'write' && !existsSync(file)) {
    throw new UsageError('usage/no-store', `There is no history at ${relative(cwd, file) || file}.`, {
      seen: file,
      remedy: 'Measure something first: perfkit run. Or name the file with --store.',
    });
  }
  return { store: openStore(file, { readonly: access === 'read' }), loaded };
}

/**
 * The run with this id or beginning of one, or the newest.
 *
 * @throws {UsageError} `usage/no-run` if there is none at all; {StoreError} if none or several match.
 */
export function storedRun(store: Store, id: string | undefined): Run {
  if (id !== undefined) return store.getRun(id);
  const newest = store.listRuns({ limit: 1 })[0];
  if (newest === undefined) {
    throw new UsageError('usage/no-run', 'The history is empty.', {
      remedy: 'Measure something first: perfkit run.',
    });
  }
  return store.getRun(newest.id);
}
