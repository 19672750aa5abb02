import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const bin = fileURLToPath(new URL('../bin/perfkit.mjs', import.meta.url));
// Tests that npm started are handed npm's settings, which would overrule the .npmrc of each project.
const inherited = Object.entries(process.env).filter(([name]) => !/^npm_config_.*registry$/i.test(name));
const env = { ...Object.fromEntries(inherited), NO_COLOR: '1', CI: '', NODE_OPTIONS: '' };

/** A folder of its own with these files; removed after the test. */
export function folderWith(files: Readonly<Record<string, string>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'perfkit-cli-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built CLI as a user would, and waits for its end. */
export function perfkit(cwd: string, ...args: string[]): Ended {
  return perfkitWith({}, cwd, ...args);
}

/** The same with these environment variables. */
export function perfkitWith(more: Readonly<Record<string, string>>, cwd: string, ...args: string[]): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    env: { ...env, ...more },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** Runs a line of shell in which $PERFKIT is the built CLI; `code` is that of the first command of its pipe. */
export function shell(cwd: string, line: string): Ended {
  const script = `set -o pipefail\n${line}\nexit "\${PIPESTATUS[0]}"`;
  const PERFKIT = `${process.execPath} ${bin}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd,
    env: { ...env, PERFKIT },
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

/** Starts the built CLI and leaves it running. */
export function startPerfkit(cwd: string, ...args: string[]): ReturnType<typeof spawn> {
  return spawn(process.execPath, [bin, ...args], { cwd, env });
}

/** A perf file with one benchmark that is busy for so many steps of arithmetic. */
export function benchFile(suite: string, name: string, steps: number): string {
  return `import { bench, suite } from '@perf/bench';
let sum = 0;
export default suite(${JSON.stringify(suite)}, {
  ${JSON.stringify(name)}: bench(() => { for (let i = 0; i < ${steps}; i += 1) sum = (sum * 31 + i) | 0; return sum; }),
});
`;
}

/** Flags that keep a run short. */
export const quick: readonly string[] = ['--time', '20ms', '--no-html'];
