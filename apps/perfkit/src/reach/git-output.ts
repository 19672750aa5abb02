import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Lists of a large repository are megabytes [bytes]. */
const MOST = 2 ** 28;

/** Git sets these for its hooks; from within one they would lead every command to the repository of the hook. */
const inherited = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_OBJECT_DIRECTORY'];

/**
 * What git prints, untrimmed, or undefined where it cannot be run or ends with another code than those expected.
 *
 * @param codes - That mean success; `git diff` ends with 1 where something differs.
 */
export async function gitOutput(
  cwd: string,
  args: readonly string[],
  codes: readonly number[] = [0],
): Promise<string | undefined> {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
  for (const name of inherited) delete env[name];
  try {
    const { stdout } = await run('git', [...args], { cwd, env, maxBuffer: MOST });
    return codes.includes(0) ? stdout : undefined;
  } catch (error) {
    const { code, stdout } = error as { readonly code?: number | string; readonly stdout?: string };
    return typeof code === 'number' && codes.includes(code) ? (stdout ?? '') : undefined;
  }
}
