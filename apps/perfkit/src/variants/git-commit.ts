import { didYouMean } from '../closest.js';
import { UsageError } from '../usage-error.js';
import type { Git } from './git.js';
import { MERGE_BASE } from './side.js';

/** The commit that a ref stands for. */
export interface Commit {
  readonly sha: string;
  /** For people: the ref with the beginning of the commit. */
  readonly label: string;
  /** What it is, where the ref does not say it. */
  readonly because?: string;
}

const HISTORY =
  'Fetch the whole history: "fetch-depth: 0" with actions/checkout, elsewhere "git fetch --unshallow".';

/**
 * Finds the commit of `git:<ref>`. A branch that is only on origin is found by its name alone, as clones of CI have it.
 *
 * @throws {UsageError} `usage/unknown-ref`, `usage/shallow-clone`, `usage/no-default-branch` or `usage/no-parent`.
 */
export async function findCommit(git: Git, ref: string): Promise<Commit> {
  if (ref === MERGE_BASE) return await mergeBase(git);
  for (const name of [ref, `origin/${ref}`]) {
    const sha = await commitOf(git, name);
    if (sha !== undefined) return { sha, label: `git:${ref} (${short(sha)})` };
  }
  const shallow = await isShallow(git);
  const known = (await git.ask('for-each-ref', '--format=%(refname:short)')) ?? '';
  throw new UsageError('usage/unknown-ref', `git knows no commit "${ref}" here.`, {
    seen: ref,
    remedy: shallow
      ? `This clone is shallow, so that commit may be missing. ${HISTORY}`
      : `Name a branch, a tag or a commit; "git fetch" gets those of a remote.${didYouMean(ref, known.split('\n'))}`,
  });
}

/**
 * Where the work that is checked out left the default branch. Where nothing is committed on top of that branch, it is
 * the commit itself if tracked files differ from it, and else the one before: a tree is not compared with itself.
 */
async function mergeBase(git: Git): Promise<Commit> {
  const head = await commitOf(git, 'HEAD');
  if (head === undefined) {
    throw new UsageError('usage/no-parent', 'This repository has no commit yet.', {
      remedy: 'Commit first, or name two directories: perfkit compare <A> <B>.',
    });
  }
  const named = (sha: string, because: string) => ({
    sha,
    label: `git:${MERGE_BASE} (${short(sha)})`,
    because,
  });
  const branch = await defaultBranch(git);
  const base = branch === undefined ? undefined : await git.ask('merge-base', head, branch);
  if (base === undefined && (await isShallow(git))) {
    throw new UsageError('usage/shallow-clone', 'This clone is shallow: it ends before the merge base.', {
      remedy: HISTORY,
    });
  }
  if (branch === undefined) {
    throw new UsageError(
      'usage/no-default-branch',
      'There is no origin/HEAD, main or master to compare with.',
      {
        remedy: 'Name the reference: perfkit compare git:<ref>.',
      },
    );
  }
  if (base === undefined) {
    throw new UsageError('usage/no-default-branch', `HEAD and ${branch} have no commit in common.`, {
      seen: branch,
      remedy: 'Name the reference: perfkit compare git:<ref>.',
    });
  }
  if (base !== head) return named(base, `where HEAD left ${branch}`);
  if ((await git.ask('diff', '--quiet', '--no-ext-diff', 'HEAD', '--')) === undefined)
    return named(head, 'the commit that is checked out, as files differ from it');
  const parent = await commitOf(git, 'HEAD^');
  if (parent !== undefined) return named(parent, `the one before HEAD, which adds nothing to ${branch}`);
  if (await isShallow(git)) {
    throw new UsageError('usage/shallow-clone', 'This clone is shallow: the commit before HEAD is missing.', {
      remedy: HISTORY,
    });
  }
  throw new UsageError('usage/no-parent', 'HEAD is the first commit, and no file differs from it.', {
    remedy: 'Name the reference: perfkit compare git:<ref>, or a directory.',
  });
}

/** The commit at which the work that is checked out left the default branch; undefined where it did not, or nobody knows. */
export async function forkPoint(git: Git): Promise<string | undefined> {
  const head = await commitOf(git, 'HEAD');
  const branch = head === undefined ? undefined : await defaultBranch(git);
  if (head === undefined || branch === undefined) return undefined;
  const base = await git.ask('merge-base', head, branch);
  return base === head ? undefined : base;
}

/** The target of a pull request in GitHub Actions, else what origin calls its default, else main or master. */
async function defaultBranch(git: Git): Promise<string | undefined> {
  const target = process.env.GITHUB_BASE_REF ?? '';
  const names = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];
  for (const name of target === '' ? names : [`origin/${target}`, ...names]) {
    if ((await commitOf(git, name)) === undefined) continue;
    return (await git.ask('rev-parse', '--abbrev-ref', name)) || name;
  }
  return undefined;
}

async function commitOf(git: Git, ref: string): Promise<string | undefined> {
  return ref.startsWith('-')
    ? undefined
    : await git.ask('rev-parse', '--verify', '--quiet', `${ref}^{commit}`);
}

async function isShallow(git: Git): Promise<boolean> {
  return (await git.ask('rev-parse', '--is-shallow-repository')) === 'true';
}

function short(sha: string): string {
  return sha.slice(0, 7);
}
