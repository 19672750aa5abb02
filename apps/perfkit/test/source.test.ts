import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { benchFile, folderWith, perfkit, perfkitWith, quick } from './cli.js';

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
    cwd,
    stdio: 'pipe',
  });

function repository(): string {
  const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300), '.gitignore': '.perfkit\nshallow\n' });
  git(root, 'init', '-b', 'main');
  git(root, 'add', '.');
  git(root, 'commit', '-m', 'one');
  git(root, 'commit', '--allow-empty', '-m', 'two');
  return root;
}

const run = ['run', '--json', '--processes', '1', ...quick];
const sourceIn = (cwd: string) => JSON.parse(perfkit(cwd, ...run).stdout).source;

describe('the reference of a run', () => {
  it('is on a branch the run of the commit where it left the main one, before the baseline of that', () => {
    const root = repository();
    const variant = (cwd: string) => JSON.parse(perfkit(cwd, ...run).stdout).comparison?.variants.a;
    expect(variant(root)).toBeUndefined();
    expect(perfkit(root, 'baseline', 'set').code).toBe(0);
    git(root, 'commit', '--allow-empty', '-m', 'three');
    const { id } = JSON.parse(perfkit(root, ...run).stdout);
    git(root, 'checkout', '-b', 'work');
    git(root, 'commit', '--allow-empty', '-m', 'four');
    expect(variant(root)).toMatchObject({ run: id, label: expect.stringContaining('the merge base') });
    git(root, 'checkout', '-b', 'older', 'HEAD~2');
    git(root, 'commit', '--allow-empty', '-m', 'five');
    expect(variant(root)?.run).not.toBe(id);
  });
});

describe('the source of a run', () => {
  it('is the commit, its branch and its place, and whether files that git knows differ', () => {
    const root = repository();
    const commit = expect.stringMatching(/^[0-9a-f]{40}$/);
    expect(sourceIn(root)).toEqual({ commit, branch: 'main', dirty: false, order: 2 });
    writeFileSync(join(root, 'a.perf.ts'), benchFile('a', 'spin', 301));
    expect(sourceIn(root).dirty).toBe(true);
  });

  it('has no place in the history of a shallow clone', () => {
    const root = repository();
    git(root, 'clone', '--depth', '1', `file://${root}`, 'shallow');
    const { stdout, stderr } = perfkit(join(root, 'shallow'), ...run);
    const { source } = JSON.parse(stdout);
    expect(stderr).toContain('This clone is shallow');
    expect(stderr).toContain('"git fetch --unshallow"');
    expect(source).toMatchObject({ branch: 'main', dirty: false });
    expect(source).not.toHaveProperty('order');
  });

  it('is empty without a word outside a repository, before the first commit and without git', () => {
    const root = folderWith({ 'a.perf.ts': benchFile('a', 'spin', 300) });
    const empty = (more: Record<string, string> = {}) => {
      const { stdout, stderr } = perfkitWith(more, root, ...run);
      expect(JSON.parse(stdout).source).toEqual({});
      expect(stderr).not.toContain('git');
    };
    empty();
    empty({ PATH: root });
    git(root, 'init');
    empty();
  });

  it('is empty where git refuses, and stderr says why and what to do', () => {
    const root = repository();
    const other = {
      GIT_TEST_ASSUME_DIFFERENT_OWNER: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
    };
    const { code, stdout, stderr } = perfkitWith(other, root, ...run);
    expect(JSON.parse(stdout).source).toEqual({});
    expect(stderr).toMatch(/Commit and branch stay unknown: git says ".*dubious ownership.*Run "git status"/);
    expect(code).toBe(0);
  });
});
