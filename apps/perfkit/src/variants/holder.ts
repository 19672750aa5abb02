import { mkdtempSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetWorktree } from './forget-worktree.js';
import { startOf } from './process-start.js';

/** How the folders of variants are called, in the system's folder for temporary files. */
export const PREFIX = 'perfkit-variant-';
export const OWNER_FILE = 'owner.json';

/** Whose a folder is: how the next run tells one that is in use from one that a killed run left behind. */
export interface Owner {
  readonly pid: number;
  /** When that process started, as the system counts; absent where it cannot be read. */
  readonly started?: string;
  /** Processes of other hosts and containers cannot be seen from here. */
  readonly host: string;
  /** Repository that has a worktree in here. */
  readonly repository?: string;
}

/** A temporary folder for one variant, gone when this process ends, however it exits by itself. */
export interface Holder {
  /** Absolute real path. */
  readonly folder: string;
  /** Where a worktree goes. */
  readonly tree: string;
  /** Removes it, with the worktree that it holds. Once; further calls do nothing. */
  remove(): void;
}

/**
 * Makes a folder for a variant.
 *
 * @param repository - That will have a worktree in it.
 */
export function makeHolder(repository?: string): Holder {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)));
  const started = startOf(process.pid);
  const owner: Owner = {
    pid: process.pid,
    host: hostIdentity(),
    ...(started !== undefined && { started }),
    ...(repository !== undefined && { repository }),
  };
  writeFileSync(join(folder, OWNER_FILE), JSON.stringify(owner));
  const remove = () => {
    process.removeListener('exit', remove);
    removeHolder(folder, repository);
  };
  process.on('exit', remove);
  return { folder, tree: treeIn(folder), remove };
}

/** Removes a variant's folder and what its repository remembers of it. */
export function removeHolder(folder: string, repository: string | undefined): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  if (repository !== undefined) forgetWorktree(repository, treeIn(folder));
}

function treeIn(folder: string): string {
  return join(folder, 'tree');
}

/** Host and, on Linux, namespace of processes, which a container has for itself. */
export function hostIdentity(): string {
  return `${hostname()} ${pidNamespace()}`.trim();
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}
