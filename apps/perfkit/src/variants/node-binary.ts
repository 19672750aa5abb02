import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { UsageError } from '../usage-error.js';
import { type Ended, lastWords, runCommand } from './command.js';
import type { NodeBinary, Preparing } from './prepared.js';

/** What perfkit supports: its processes load modules through hooks that older versions lack. */
const OLDEST = [20, 19] as const;
/** A binary that says nothing in this time is none that can be measured on [ms]. */
const ANSWER_MS = 30_000;

type Versions = Readonly<Record<string, string | undefined>>;

/**
 * Finds a Node binary and asks it for its version.
 *
 * @param path - Relative to the user's folder, or a name on the PATH, or the folder of an installation.
 * @throws {UsageError} `usage/no-binary`, `usage/no-node`, `usage/old-node`.
 */
export async function findNode(path: string, { cwd, signal }: Preparing): Promise<NodeBinary> {
  const execPath = binaryAt(path, cwd);
  const refuse = (code: string, message: string) =>
    new UsageError(code, message, {
      seen: path,
      remedy: `Name a binary of Node.js ${OLDEST.join('.')} or newer, such as node:/opt/node-24/bin/node.`,
    });
  if (execPath === undefined) throw refuse('usage/no-binary', `There is no binary ${path} that can be run.`);
  const options = { cwd, signal, timeoutMs: ANSWER_MS, shell: false };
  const ended = await runCommand(execPath, ['-p', 'JSON.stringify(process.versions)'], options).catch(
    (error) => {
      signal.throwIfAborted();
      throw refuse('usage/no-node', `${path} cannot be run: ${(error as Error).message}.`);
    },
  );
  const versions = versionsIn(ended.stdout);
  const { node, v8 = '' } = versions;
  const other = ['bun', 'deno', 'electron'].find((name) => versions[name] !== undefined);
  if (ended.code !== 0 || node === undefined || other !== undefined) {
    throw refuse('usage/no-node', `${path} is no Node.js: ${answerOf(ended, other)}`);
  }
  if (isOld(node))
    throw refuse('usage/old-node', `${path} is Node.js ${node}, which is too old to measure on.`);
  return { execPath, version: node, v8 };
}

/**
 * Lets Node refuse flags that it does not know, before anything is measured with them.
 *
 * @throws {UsageError} `usage/node-flag`.
 */
export async function checkFlags(
  execPath: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
  { cwd, signal }: Preparing,
): Promise<void> {
  if (flags.length === 0 && env.NODE_OPTIONS === undefined) return;
  const ended = await runCommand(execPath, [...flags, '-e', '0'], {
    cwd,
    signal,
    timeoutMs: ANSWER_MS,
    shell: false,
    env: { ...process.env, ...env },
  });
  if (ended.code === 0) return;
  const asked = [...flags, ...(env.NODE_OPTIONS === undefined ? [] : [`NODE_OPTIONS=${env.NODE_OPTIONS}`])];
  throw new UsageError(
    'usage/node-flag',
    `Node.js does not start with ${asked.join(' ')}: ${lastWords(ended, 2)}.`,
    {
      seen: asked,
      remedy: `"${execPath} --help" and "--v8-options" list what it takes.`,
    },
  );
}

/** What a binary that is no Node.js has said of itself. */
function answerOf(ended: Ended, other: string | undefined): string {
  if (other !== undefined) return `it is ${other}.`;
  const words = lastWords(ended, 2);
  return `${ended.stdout}${ended.stderr}`.trim() === '' ? words : `it says "${words}".`;
}

function binaryAt(path: string, cwd: string): string | undefined {
  const file = resolve(cwd, path.replace(/^~(?=\/)/, homedir()));
  const suffixes = process.platform === 'win32' ? ['', '.exe'] : [''];
  const named = /[\\/]/.test(path)
    ? []
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, path));
  return [file, join(file, 'bin', 'node'), join(file, 'node'), ...named]
    .flatMap((candidate) => suffixes.map((suffix) => candidate + suffix))
    .find(isBinary);
}

function isBinary(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function versionsIn(text: string): Versions {
  try {
    return Object(JSON.parse(text)) as Versions;
  } catch {
    return {};
  }
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
}
