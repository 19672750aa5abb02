import { UsageError } from '../usage-error.js';
import { type Ended, lastWords, runCommand } from './command.js';

/** Runs git in one folder. */
export interface Git {
  readonly folder: string;
  /** What it prints, trimmed, or undefined if it ends with anything but 0. */
  ask(...args: string[]): Promise<string | undefined>;
  /** The same where it has to work. @throws {UsageError} `usage/git`. */
  tell(...args: string[]): Promise<string>;
}

/** What git says is matched, so it must not be translated; hooks of the project are not for worktrees of ours. */
const environment = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' };
const settings = [
  '-c',
  `core.hooksPath=${process.platform === 'win32' ? 'NUL' : '/dev/null'}`,
  '-c',
  'advice.detachedHead=false',
];

/** Git sets these for its hooks; from within one they would lead every command to the repository of the hook. */
const inherited = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];

export function gitIn(folder: string, signal?: AbortSignal): Git {
  const env: NodeJS.ProcessEnv = { ...process.env, ...environment };
  for (const name of inherited) delete env[name];
  const run = async (args: readonly string[]): Promise<Ended> => {
    try {
      return await runCommand('git', [...settings, ...args], {
        cwd: folder,
        env,
        shell: false,
        ...(signal !== undefined && { signal }),
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new UsageError('usage/no-git', 'There is no git on this machine, or not on the PATH.', {
        remedy: 'Install git, or compare two directories: perfkit compare <A> <B>.',
      });
    }
  };
  return {
    folder,
    ask: async (...args) => {
      const { code, stdout } = await run(args);
      return code === 0 ? stdout.trim() : undefined;
    },
    tell: async (...args) => {
      const ended = await run(args);
      if (ended.code === 0) return ended.stdout.trim();
      throw new UsageError('usage/git', `git ${args[0]} failed: ${lastWords(ended)}`, {
        seen: args.join(' '),
        remedy: 'Do what git asks for, or compare two directories: perfkit compare <A> <B>.',
      });
    },
  };
}

/**
 * The folder at the top of the working tree that a folder lies in.
 *
 * @throws {UsageError} `usage/no-repository`, or `usage/git` if git refuses for another reason.
 */
export async function topOf(git: Git): Promise<string> {
  const top = await git.ask('rev-parse', '--show-toplevel');
  if (top !== undefined && top !== '') return top;
  const reason = await git.tell('rev-parse', '--show-toplevel').catch((error: Error) => error);
  if (
    reason instanceof UsageError &&
    !/not a git repository|must be run in a work tree/i.test(reason.message)
  )
    throw reason;
  throw new UsageError('usage/no-repository', `${git.folder} is not in a git repository.`, {
    seen: git.folder,
    remedy:
      'Run it in one, or name two variants: perfkit compare <A> <B>, such as ../before and "." for this folder.',
  });
}
