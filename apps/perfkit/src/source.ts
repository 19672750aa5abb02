import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunSource } from '@perf/schema';

const run = promisify(execFile);

/**
 * Commit, branch, cleanliness and place in the branch's history of a folder; empty outside a repository or without git.
 *
 * In CI, where the checkout is detached, the branch is taken from GITHUB_HEAD_REF or GITHUB_REF_NAME.
 */
export async function readSource(folder: string): Promise<RunSource> {
  const git = async (...args: string[]) => (await run('git', args, { cwd: folder })).stdout.trim();
  try {
    const commit = await git('rev-parse', 'HEAD');
    const [head, status, order] = await Promise.all([
      git('rev-parse', '--abbrev-ref', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no'),
      git('rev-list', '--count', '--first-parent', 'HEAD'),
    ]);
    const detached = head === 'HEAD';
    const branch = detached ? process.env.GITHUB_HEAD_REF || process.env.GITHUB_REF_NAME : head;
    return {
      commit,
      ...(branch !== undefined && branch !== '' && { branch }),
      dirty: status !== '',
      order: Number(order),
    };
  } catch {
    return {};
  }
}
