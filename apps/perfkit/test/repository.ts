import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderWith } from './cli.js';

/** Runs git in a folder, as somebody, and gives what it prints. */
export function git(folder: string, ...args: string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim();
}

/** A repository with these files in one commit on main, in a folder that is removed after the test. */
export function repositoryWith(files: Readonly<Record<string, string>>): string {
  const root = folderWith();
  git(root, 'init', '--quiet', '--initial-branch=main');
  commit(root, { '.gitignore': 'node_modules\n.perfkit\n', ...files });
  return root;
}

/** Writes files and commits all there is. Gives the commit. */
export function commit(root: string, files: Readonly<Record<string, string>>): string {
  write(root, files);
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '--message', 'change');
  return git(root, 'rev-parse', 'HEAD');
}

export function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
}

/**
 * A perf file whose one probe reads the `cost` that it imports, in ns: the figures of a comparison then say which code
 * each side has run.
 */
export function costFile(
  from: string,
  { name = 'cost', take = `import { cost } from '${from}';` } = {},
): string {
  return `import { measurementOf, suite } from '@perf/schema';
${take}
export default suite('costs', {
  ${JSON.stringify(name)}: {
    kind: 'fixture',
    params: {},
    measure: async (context) => measurementOf({
      probe: context.probe,
      process: { index: context.processIndex, pid: process.pid },
      startedAt: new Date().toISOString(),
      elapsed: 1,
      seed: context.seed,
      status: 'ok',
      metrics: [{ name: 'time', unit: 'ns', better: 'lower', value: cost, judged: true }],
    }),
  },
});
`;
}

/** A module that exports this cost. */
export const costs = (cost: number): string => `export const cost = ${cost};\n`;

/** The folders of variants that lie in the system's temporary folder, or in another one. */
export function heldFolders(folder: string = tmpdir()): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('perfkit-variant-'));
}
