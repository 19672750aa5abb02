import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.js';
import { type Ended, lastWords, runCommand } from './command.js';
import { type Dependencies, lockfiles, type ManagerName } from './lockfile.js';

/** A package manager, and how a project says which version of it is to be used. */
export interface Manager {
  readonly name: ManagerName;
  /** Version of the field packageManager, without its hash. */
  readonly version?: string;
}

/** The package manager of a project: what package.json names, else the one whose lockfile it is, else npm. */
export function managerOf(folder: string, { locks }: Pick<Dependencies, 'locks'>): Manager {
  const [, named, version] = /^(npm|pnpm|yarn|bun)@([^+]+)/.exec(packageManagerField(folder)) ?? [];
  if (named !== undefined && version !== undefined) return { name: named as ManagerName, version };
  return { name: lockfiles[locks[0] ?? ''] ?? 'npm' };
}

function packageManagerField(folder: string): string {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      packageManager?: unknown;
    };
    return String(manifest.packageManager ?? '');
  } catch {
    return '';
  }
}

/**
 * Installs what a tree depends on with the project's own package manager, exactly as its lockfile says. Where that
 * manager is not on the PATH, npx gets it.
 *
 * Scripts of packages run as in any installation, for those that are built on the machine.
 *
 * @throws {UsageError} `usage/install` if that fails, `usage/no-package-manager`; the signal's reason.
 */
export async function install(
  folder: string,
  manager: Manager,
  locked: boolean,
  signal: AbortSignal,
): Promise<void> {
  const args = installArguments(folder, manager, locked);
  const ended = await runManager(manager, args, folder, signal);
  if (ended.code === 0) return;
  throw new UsageError('usage/install', `"${manager.name} ${args.join(' ')}" failed: ${lastWords(ended)}`, {
    place: { file: folder },
    remedy:
      'Try it in a checkout of that version; or share the node_modules of the working tree with --install never.',
  });
}

function installArguments(folder: string, { name }: Manager, locked: boolean): string[] {
  if (name === 'npm') {
    const quiet = ['--no-audit', '--no-fund', '--include=dev'];
    return locked ? ['ci', ...quiet] : ['install', '--no-package-lock', ...quiet];
  }
  if (!locked) return ['install'];
  return ['install', name === 'yarn' && isModernYarn(folder) ? '--immutable' : '--frozen-lockfile'];
}

/** Its lockfiles from version 2 on begin with what describes them. */
function isModernYarn(folder: string): boolean {
  try {
    return /^__metadata:/m.test(readFileSync(join(folder, 'yarn.lock'), 'utf8').slice(0, 2000));
  } catch {
    return false;
  }
}

async function runManager(
  manager: Manager,
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<Ended> {
  const options = { cwd, env: installEnvironment(), signal };
  for (const [command = '', ...before] of [
    [manager.name],
    ['npx', '--yes', `--package=${fromNpm(manager)}`, manager.name],
  ]) {
    try {
      return await runCommand(command, [...before, ...args], options);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new UsageError(
    'usage/no-package-manager',
    `${manager.name} is not on the PATH, nor is npx, which would get it.`,
    {
      seen: manager.name,
      remedy: `Install ${manager.name}; or share the node_modules of the working tree with --install never.`,
    },
  );
}

/** What npx gets a manager as. Yarn from version 2 on is published under another name. */
function fromNpm({ name, version }: Manager): string {
  const modernYarn = name === 'yarn' && Number.parseInt(version ?? '1', 10) >= 2;
  return `${modernYarn ? '@yarnpkg/cli-dist' : name}${version === undefined ? '' : `@${version}`}`;
}

/**
 * The environment without what would turn an installation into another one: a script of npm passes the options that
 * npm itself was called with, and production leaves the tools out that perf files may need. HUSKY=0 keeps the hooks of
 * the repository as they are.
 */
export function installEnvironment(): NodeJS.ProcessEnv {
  const dropped =
    /^(NODE_ENV|npm_config_(workspaces?|include_workspace_root|global|location|prefix|package|call))$/i;
  const kept = Object.entries(process.env).filter(([name]) => !dropped.test(name));
  return { ...Object.fromEntries(kept), HUSKY: '0' };
}
