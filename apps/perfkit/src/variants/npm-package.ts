import { copyFileSync, existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { UsageError } from '../usage-error.js';
import { type Ended, lastWords, runCommand } from './command.js';
import { makeHolder } from './holder.js';
import { installEnvironment } from './install.js';
import type { Prepared, Preparing } from './prepared.js';

/** Copies to a folder of npm's own what a package of another place would bring, and nothing into the project. */
const ARGUMENTS = [
  'install',
  '--json',
  '--no-audit',
  '--no-fund',
  '--no-package-lock',
  '--install-links',
  '--global=false',
  '--fetch-retry-mintimeout=500',
  '--fetch-retry-maxtimeout=5000',
];

/**
 * Installs a published version of a package, with its dependencies, into a temporary folder. The registry and its
 * credentials are those of the project's `.npmrc`.
 *
 * @param range - A version, a range, a tag, or `file:` with a folder or tarball relative to the user's folder.
 * @throws {UsageError} `usage/no-package`, `usage/registry`, `usage/no-npm`; the signal's reason.
 */
export async function preparePackage(name: string, range: string, on: Preparing): Promise<Prepared> {
  const holder = makeHolder();
  on.undo(holder.remove);
  writeFileSync(
    join(holder.folder, 'package.json'),
    JSON.stringify({ name: 'perfkit-variant', private: true }),
  );
  const credentials = join(holder.folder, '.npmrc');
  const settings = npmrcAbove(on.cwd);
  if (settings !== undefined) copyFileSync(settings, credentials);
  on.say(`Installing ${name}@${range}.`);
  const spec = `${name}@${range.startsWith('file:') ? `file:${resolve(on.cwd, range.slice(5))}` : range}`;
  const ended = await npm([...ARGUMENTS, spec], holder.folder, on.signal);
  rmSync(credentials, { force: true });
  if (ended.code !== 0) throw refusal(name, range, ended);
  const { version } = manifestIn(join(holder.folder, 'node_modules', name));
  return {
    label: `npm:${name}@${version}`,
    root: realpathSync(on.cwd),
    replace: { name, version, from: holder.folder },
  };
}

/** What is read of a package.json. */
export interface Manifest {
  readonly name?: string;
  readonly version: string;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of a folder; one without a version, or that cannot be read, has the version `unknown`. */
export function manifestIn(folder: string): Manifest {
  try {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Partial<Manifest>;
    return { ...manifest, version: manifest.version ?? 'unknown' };
  } catch {
    return { version: 'unknown' };
  }
}

async function npm(args: readonly string[], cwd: string, signal: AbortSignal): Promise<Ended> {
  try {
    return await runCommand('npm', args, { cwd, env: installEnvironment(), signal });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UsageError('usage/no-npm', 'npm is not on the PATH, and it is what gets npm:<package>.', {
      remedy: 'It comes with Node.js; put it on the PATH.',
    });
  }
}

function npmrcAbove(folder: string): string | undefined {
  const file = join(folder, '.npmrc');
  if (existsSync(file)) return file;
  // What lies beside no project is the user's own, which npm reads by itself.
  return existsSync(join(folder, '.git')) || dirname(folder) === folder
    ? undefined
    : npmrcAbove(dirname(folder));
}

/** What npm says, with the next step. Its codes: E404 no such package, ETARGET no such version, and those of the system. */
function refusal(name: string, range: string, ended: Ended): UsageError {
  const { code = '', summary } = errorOf(ended.stdout);
  const seen = `${name}@${range}`;
  const words = (summary ?? lastWords(ended))
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .slice(0, 400);
  if (code === 'E404' || code === 'ETARGET') {
    const what = code === 'E404' ? `package ${name}` : `version ${range} of ${name}`;
    return new UsageError('usage/no-package', `The registry has no ${what}.`, {
      seen,
      remedy: `"npm view ${name} versions" lists what there is; a private package needs its registry in .npmrc.`,
    });
  }
  if (
    /^(ENOTFOUND|ECONN|ETIMEDOUT|EAI_|ERR_SOCKET|E5\d\d|EHOSTUNREACH|ENETUNREACH|FETCH_ERROR|CERT_|SELF_SIGNED)/.test(
      code,
    )
  ) {
    return new UsageError('usage/registry', `The registry cannot be reached for ${seen}: ${words}`, {
      seen,
      remedy: 'Check the network and "npm config get registry"; behind a proxy, "npm config set proxy".',
    });
  }
  return new UsageError('usage/no-package', `npm cannot install ${seen}: ${words}`, {
    seen,
    remedy: `Try "npm install ${seen}" in an empty folder.`,
  });
}

function errorOf(stdout: string): { code?: string; summary?: string } {
  try {
    return (JSON.parse(stdout) as { error?: { code?: string; summary?: string } }).error ?? {};
  } catch {
    return {};
  }
}
