import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gitIn } from '../../src/variants/git.js';
import { findCommit } from '../../src/variants/git-commit.js';
import { folderWith } from '../cli.js';
import { commit, git, repositoryWith, write } from '../repository.js';

const find = async (root: string, ref: string) => await findCommit(gitIn(root), ref);

describe('findCommit', () => {
  let target: string | undefined;
  beforeEach(() => {
    target = process.env.GITHUB_BASE_REF;
    delete process.env.GITHUB_BASE_REF;
  });
  afterEach(() => {
    if (target === undefined) delete process.env.GITHUB_BASE_REF;
    else process.env.GITHUB_BASE_REF = target;
  });

  it('takes a commit, a tag, a branch, and one that only origin has', async () => {
    const origin = repositoryWith({ a: '' });
    const sha = git(origin, 'rev-parse', 'HEAD');
    git(origin, 'tag', 'v1');
    git(origin, 'branch', 'topic');
    const clone = join(folderWith(), 'clone');
    git(origin, 'clone', '--quiet', origin, clone);
    for (const ref of [sha, sha.slice(0, 9), 'v1', 'main', 'topic', 'HEAD'])
      expect(await find(clone, ref)).toMatchObject({ sha, label: `git:${ref} (${sha.slice(0, 7)})` });
  });

  it('says what might be meant by a ref that is none', async () => {
    const root = repositoryWith({ a: '' });
    await expect(find(root, 'mian')).rejects.toMatchObject({
      code: 'usage/unknown-ref',
      remedy: expect.stringContaining('Did you mean "main"?'),
    });
    await expect(find(root, '--all')).rejects.toMatchObject({ code: 'usage/unknown-ref' });
  });

  it('takes for merge-base where HEAD left the default branch', async () => {
    const root = repositoryWith({ a: '' });
    const base = git(root, 'rev-parse', 'HEAD');
    git(root, 'checkout', '--quiet', '-b', 'topic');
    commit(root, { a: 'topic' });
    git(root, 'checkout', '--quiet', 'main');
    commit(root, { a: 'main' });
    git(root, 'checkout', '--quiet', 'topic');
    expect(await find(root, 'merge-base')).toMatchObject({ sha: base, because: 'where HEAD left main' });
  });

  it('takes for merge-base the target of a pull request where a workflow names it', async () => {
    const origin = repositoryWith({ a: '' });
    git(origin, 'checkout', '--quiet', '-b', 'next');
    const next = commit(origin, { a: 'next' });
    git(origin, 'checkout', '--quiet', '-b', 'topic');
    commit(origin, { a: 'topic' });
    const clone = join(folderWith(), 'clone');
    git(origin, 'clone', '--quiet', origin, clone);
    process.env.GITHUB_BASE_REF = 'next';
    expect(await find(clone, 'merge-base')).toMatchObject({
      sha: next,
      because: 'where HEAD left origin/next',
    });
  });

  it('takes for merge-base on the default branch the commit before, or HEAD if tracked files differ from it', async () => {
    const root = repositoryWith({ a: '' });
    const first = git(root, 'rev-parse', 'HEAD');
    const second = commit(root, { a: 'second' });
    write(root, { untracked: '' });
    expect(await find(root, 'merge-base')).toMatchObject({ sha: first });
    write(root, { a: 'changed' });
    expect(await find(root, 'merge-base')).toMatchObject({ sha: second });
  });

  it('says what a clone lacks, and which commit there cannot be', async () => {
    const root = repositoryWith({ a: '' });
    await expect(find(root, 'merge-base')).rejects.toMatchObject({ code: 'usage/no-parent' });
    commit(root, { a: 'second' });
    const shallow = join(folderWith(), 'clone');
    git(root, 'clone', '--quiet', '--depth', '1', `file://${root}`, shallow);
    const fetchAll = { remedy: expect.stringContaining('fetch-depth: 0') };
    await expect(find(shallow, 'merge-base')).rejects.toMatchObject({
      code: 'usage/shallow-clone',
      ...fetchAll,
    });
    await expect(find(shallow, 'v1')).rejects.toMatchObject({ code: 'usage/unknown-ref', ...fetchAll });
    git(root, 'branch', '--quiet', '--move', 'main', 'trunk');
    await expect(find(root, 'merge-base')).rejects.toMatchObject({ code: 'usage/no-default-branch' });
    const empty = folderWith();
    git(empty, 'init', '--quiet');
    await expect(find(empty, 'merge-base')).rejects.toMatchObject({ code: 'usage/no-parent' });
  });
});
