import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const own = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const packages: Readonly<Record<string, string>> = {
  '@perf/expect': own('.'),
  '@perf/bench': own('node_modules/@perf/bench'),
  vitest: own('node_modules/vitest'),
};

/** A folder like that of somebody who has installed the packages, as built. Removed after the test. Gives its path. */
export function testProject(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'perfkit-expect-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [name, target] of Object.entries(packages)) {
    mkdirSync(dirname(join(root, 'node_modules', name)), { recursive: true });
    symlinkSync(realpathSync(target), join(root, 'node_modules', name));
  }
  for (const [name, text] of Object.entries({ 'package.json': '{ "type": "module" }', ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** What a test said of itself. */
export interface Told {
  readonly status: 'passed' | 'failed';
  /** The messages of its failures; empty when it passed. */
  readonly message: string;
}

/** Runs a project's `*.test.ts` with Vitest and gives its tests by name. */
export function runVitest(root: string, ...flags: string[]): { tests: Record<string, Told>; output: string } {
  const { stdout, stderr } = node(
    root,
    own('node_modules/vitest/vitest.mjs'),
    'run',
    ...flags,
    '--reporter=json',
    '--reporter=verbose',
    '--outputFile.json=told.json',
  );
  const { testResults } = JSON.parse(readFileSync(join(root, 'told.json'), 'utf8')) as {
    testResults: {
      assertionResults: { title: string; status: Told['status']; failureMessages: string[] }[];
    }[];
  };
  const told = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    tests: Object.fromEntries(
      told.map(({ title, status, failureMessages }) => [
        title,
        { status, message: failureMessages.join('\n') },
      ]),
    ),
    output: stdout + stderr,
  };
}

/** Runs Node.js in a project, without what the surrounding test runner put into the environment. */
export function node(
  root: string,
  ...args: string[]
): { stdout: string; stderr: string; status: number | null } {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|NODE_OPTIONS|NODE_TEST_CONTEXT|FORCE_COLOR)/.test(name),
    ),
  );
  return spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', env: { ...env, NO_COLOR: '1' } });
}

/** Stores a baseline of a project, as its commands say. */
export function storeBaseline(root: string, only: string): void {
  const perfkit = own('node_modules/perfkit/bin/perfkit.mjs');
  for (const args of [
    ['run', '--only', only, '--processes', '2', '--no-html'],
    ['baseline', 'set'],
  ]) {
    const { status, stderr } = node(root, perfkit, ...args);
    if (status !== 0) throw new Error(`perfkit ${args.join(' ')} ended with ${status}:\n${stderr}`);
  }
}

/** Effort of a project whose verdicts rest on two processes of each side. */
export const quickConfig = 'time: 20ms\nwarmup: 50ms\nconfidence: 0.5\n';
