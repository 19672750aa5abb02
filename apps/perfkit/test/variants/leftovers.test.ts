import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetVanished } from '../../src/variants/forget-worktree.js';
import { gitIn } from '../../src/variants/git.js';
import { hostIdentity, makeHolder, type Owner } from '../../src/variants/holder.js';
import { removeLeftovers } from '../../src/variants/leftovers.js';
import { isAlive, startOf } from '../../src/variants/process-start.js';
import { folderWith } from '../cli.js';
import { git, heldFolders, repositoryWith } from '../repository.js';

let before: string | undefined;
let temporary: string;
beforeEach(() => {
  before = process.env.TMPDIR;
  temporary = folderWith();
  process.env.TMPDIR = temporary;
});
afterEach(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
});

function heldBy(name: string, owner: Owner | undefined, ageMs = 0): void {
  const folder = join(temporary, `perfkit-variant-${name}`);
  mkdirSync(folder);
  if (owner !== undefined) writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));
  const at = new Date(Date.now() - ageMs);
  utimesSync(folder, at, at);
}

const DAYS_2 = 2 * 24 * 3600 * 1000;
const gone = 2 ** 22 + 1; // Above the greatest number that Linux gives to a process.

it('removes what processes of this host left that are gone, and what is too old to be in use', () => {
  const host = hostIdentity();
  heldBy('gone', { pid: gone, host });
  heldBy('old-elsewhere', { pid: 1, host: 'another' }, DAYS_2);
  heldBy('old-unowned', undefined, DAYS_2);
  removeLeftovers();
  expect(heldFolders(temporary)).toEqual([]);
});

it('keeps what is in use here, or may be elsewhere, and what is not ours', () => {
  heldBy('elsewhere', { pid: gone, host: 'another' });
  heldBy('just-made', undefined);
  const own = makeHolder();
  mkdirSync(join(temporary, 'perfkit-other'));
  removeLeftovers();
  expect(heldFolders(temporary).sort()).toEqual(
    ['perfkit-variant-elsewhere', 'perfkit-variant-just-made', own.folder.split('/').at(-1)].sort(),
  );
  own.remove();
  own.remove();
  expect(heldFolders(temporary)).toHaveLength(2);
});

it('has a repository forget worktrees of ours that a restart has removed, and no others', async () => {
  const root = repositoryWith({ a: '' });
  const trees = ['perfkit-variant-abc123/tree', 'perfkit-variant-def456/tree', 'mine'];
  for (const name of trees) git(root, 'worktree', 'add', '--quiet', '--detach', join(temporary, name));
  for (const name of ['perfkit-variant-abc123', 'mine']) rmSync(join(temporary, name), { recursive: true });
  await forgetVanished(gitIn(root));
  const left = git(root, 'worktree', 'list', '--porcelain');
  expect(trees.map((name) => left.includes(join(temporary, name)))).toEqual([false, true, true]);
});

it.runIf(process.platform === 'linux')('tells a process from a later one with its number', () => {
  expect(isAlive(process.pid, startOf(process.pid))).toBe(true);
  expect(isAlive(process.pid, '1')).toBe(false);
  expect(isAlive(process.pid, undefined)).toBe(true);
  expect(isAlive(gone, undefined)).toBe(false);
});
