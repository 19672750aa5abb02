import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunSource } from '@perf/schema';

const run = promisify(execFile);
/** What git says is matched, so it must not be translated; and reading must not wait for its locks. */
const environment = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };

/** How a git command ended. */
interface GitFailure {
  /** Exit code, or the name of the system's error. */
  readonly code?: number | string;
  readonly stderr?: string;
}

/**
 * Commit, branch, cleanliness and place in the branch's history of a folder, by which runs are stored; empty outside a
 * repository, before its first commit and without git.
 *
 * In CI, where the checkout is detached, the branch is taken from GITHUB_HEAD_REF or GITHUB_REF_NAME. A shallow clone
 * does not know its place in the history: `order` is absent there.
 *
 * @param folder - In the work tree.
 * @param onRefusal - Told, in a sentence or two, where git refuses for another reason; the result is empty then too.
 */
export async function readSource(
  folder: string,
  onRefusal: (said: string) => void = () => undefined,
): Promise<RunSource> {
  const git = async (...args: string[]) =>
    (await run('git', args, { cwd: folder, env: environment })).stdout.trim();
  try {
    const commit = await git('rev-parse', '--verify', '--quiet', 'HEAD');
    const [head, shallow, dirty] = await Promise.all([
      git('rev-parse', '--abbrev-ref', 'HEAD'),
      git('rev-parse', '--is-shallow-repository'),
      git('diff', '--quiet', '--no-ext-diff', 'HEAD', '--').then(() => false, isDirty),
    ]);
    const detached = head === 'HEAD';
    const branch = detached ? process.env.GITHUB_HEAD_REF || process.env.GITHUB_REF_NAME : head;
    return {
      commit,
      ...(branch !== undefined && branch !== '' && { branch }),
      dirty,
      ...(shallow !== 'true' && {
        order: Number(await git('rev-list', '--count', '--first-parent', 'HEAD')),
      }),
    };
  } catch (error) {
    const { code, stderr = '' } = error as GitFailure;
    const noCommitYet = code === 1 && stderr === '';
    if (code !== 'ENOENT' && !noCommitYet && !/not a git repository/i.test(stderr)) {
      const reason = stderr.trim().replace(/\s*\n\s*/g, ' ') || String(code);
      onRefusal(
        `Commit and branch stay unknown: git says "${reason}". Run "git status" and do what it asks for.`,
      );
    }
    return {};
  }
}

/** `git diff --quiet` ends with 1 where something differs. */
function isDirty(failure: GitFailure): true {
  if (failure.code === 1) return true;
  throw failure;
}
