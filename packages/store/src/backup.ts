import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Copies a database to `<file>.v<version>.backup`, or `.backup.2`, `.backup.3` … if that is taken.
 *
 * Call it while the caller's own connection holds the write lock: nobody else can write then, and this reads through
 * a connection of its own, which the lock does not stop. A copy that breaks off leaves nothing behind under that name.
 *
 * @returns The name of the copy. It is on the disk, not only in the system's cache.
 */
export function backUp(file: string, version: number): string {
  const target = freeName(`${file}.v${version}.backup`);
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  const reader = new Database(file, { readonly: true });
  try {
    reader.prepare('VACUUM INTO ?').run(unfinished);
    sync(unfinished);
    renameSync(unfinished, target);
  } finally {
    reader.close();
    rmSync(unfinished, { force: true });
  }
  return target;
}

function freeName(first: string): string {
  let name = first;
  for (let number = 2; existsSync(name); number++) name = `${first}.${number}`;
  return name;
}

/** VACUUM INTO does not wait for the disk. */
function sync(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
