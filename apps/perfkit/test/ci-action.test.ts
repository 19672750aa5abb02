import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { github, tokens } from './ci-github.js';
import { inWorkflow, outside } from './ci-job.js';
import { benchFile, folderWith } from './cli.js';

interface ActionStep {
  readonly id?: string;
  readonly if?: string;
  readonly run: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly ActionStep[] };
}
type Env = Readonly<Record<string, string | undefined>>;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const action = parse(readFileSync(here('../../../.github/actions/perfkit/action.yml'), 'utf8')) as Action;

/**
 * Runs the steps of the composite action one after the other as GitHub does: bash, their expressions filled in with
 * inputs and outputs, and stops at the first that fails.
 */
async function runAction(folder: string, inputs: Readonly<Record<string, string>>, env: Env) {
  const outputs: Record<string, string> = {};
  const defaults = Object.entries(action.inputs).map(([name, { default: value = '' }]) => [name, value]);
  const given: Record<string, string> = { ...Object.fromEntries(defaults), ...inputs };
  const filled = (text: string) =>
    text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => {
      if (expression.startsWith('inputs.')) return given[expression.slice(7)] ?? '';
      if (expression.startsWith('steps.')) return outputs[expression.replace('.outputs', '').slice(6)] ?? '';
      return String(inputs.fork ?? false);
    });
  let text = '';
  for (const step of action.runs.steps) {
    if (step.if !== undefined && given.base === '') continue;
    const file = join(folder, 'output.txt');
    writeFileSync(file, '');
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]);
    const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
      cwd: join(folder, filled(step['working-directory'] ?? '.')),
      env: { ...outside, ...env, ...Object.fromEntries(own), GITHUB_OUTPUT: file } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
    }
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
      const [name = '', ...value] = line.split('=');
      outputs[`${step.id}.${name}`] = value.join('=');
    }
    if (code !== 0) return { code, text, outputs };
  }
  return { code: 0, text, outputs };
}

/** A repository of a project with perfkit installed, in two commits: before and after. */
function repository(before: string | undefined, after: string, processes = 1): string {
  const root = folderWith({
    '.gitignore': 'node_modules\n.perfkit\noutput.txt\nsummary.md\nevent.json\ntemp\n',
    'app/perf.config.yaml': `processes: ${processes}\ntime: 20ms\nwarmup: 20ms\n`,
    'event.json': JSON.stringify({ pull_request: { number: 7 } }),
    ...(before !== undefined && { 'app/x.perf.ts': before }),
  });
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
    const { status, stderr } = spawnSync('git', [...identity, ...args], { cwd: root, encoding: 'utf8' });
    expect(`${stderr}${status}`).toMatch(/0$/);
  };
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('commit', '--quiet', '--message', 'before');
  writeFileSync(join(root, 'app/x.perf.ts'), after);
  git('add', '.');
  git('commit', '--quiet', '--allow-empty', '--message', 'after');
  mkdirSync(join(root, 'temp'));
  mkdirSync(join(root, 'app/node_modules/.bin'), { recursive: true });
  symlinkSync(here('../bin/perfkit.mjs'), join(root, 'app/node_modules/.bin/perfkit'));
  return root;
}

function environment(root: string, url: string): Env {
  return {
    ...inWorkflow(root, url, ''),
    GITHUB_TOKEN: undefined,
    GITHUB_STEP_SUMMARY: join(root, 'summary.md'),
    RUNNER_TEMP: join(root, 'temp'),
    NO_COLOR: '1',
  };
}

/** A benchmark of a function that has a name. */
function spinning(steps: number): string {
  return `import { bench, suite } from '@perf/bench';
let sum = 0;
function spin() { for (let i = 0; i < ${steps}; i += 1) sum = (sum * 31 + i) | 0; return sum; }
export default suite('x', { spin: bench(() => spin()) });
`;
}

const common = { 'working-directory': 'app', prepare: 'true', token: tokens.workflow };

describe('the composite action', () => {
  it('measures base and head, comments, annotates and fails on a critical regression', async () => {
    const server = await github();
    const root = repository(spinning(300), spinning(6000), 5);
    const { code, text, outputs } = await runAction(
      root,
      { ...common, base: 'HEAD^1' },
      environment(root, server.url),
    );
    expect(outputs).toMatchObject({ 'measure.mode': 'compare', 'measure.exit-code': '1' });
    const annotation = /^::error .*title=perfkit%3A critical regression%3A x › spin.*$/m.exec(text)?.[0];
    expect(annotation).toContain('file=app/x.perf.ts,line=3,');
    expect(annotation).toMatch(/Advice: .*\(spin\)/);
    expect(readFileSync(join(root, 'summary.md'), 'utf8')).toContain('x › spin');
    expect(server.comments.map(({ body }) => body)).toEqual([expect.stringContaining('x › spin')]);
    expect(text).not.toContain(tokens.workflow);
    expect(code).toBe(1);
  });

  it('measures the head alone while the base has no perf files', async () => {
    const server = await github();
    const root = repository(undefined, benchFile('x', 'spin', 300));
    const { code, text, outputs } = await runAction(
      root,
      { ...common, base: 'HEAD^1' },
      environment(root, server.url),
    );
    expect(text).toContain('The base has no perf files yet: nothing is compared.');
    expect(outputs).toMatchObject({ 'measure.mode': 'run', 'measure.exit-code': '0' });
    expect(server.comments).toHaveLength(1);
    expect(code).toBe(0);
  });

  it('does not comment for a fork, nor where nobody wants it', async () => {
    const server = await github();
    const root = repository(undefined, benchFile('x', 'spin', 300));
    const env = environment(root, server.url);
    const fork = await runAction(root, { ...common, fork: 'true' }, env);
    expect(fork.text).toContain('the token of a run for a fork may only read');
    const silent = await runAction(root, { ...common, comment: 'false' }, env);
    expect([fork.code, silent.code]).toEqual([0, 0]);
    expect(server.requests).toEqual([]);
  });

  it('takes no input for a command, a flag or an option of git', async () => {
    const server = await github();
    const root = repository(undefined, benchFile('x', 'spin', 300));
    const env = environment(root, server.url);
    const evil = '$(touch pwned) `touch pwned`; touch pwned #';
    for (const input of ['files', 'config', 'fail-on', 'key', 'base']) {
      const { code } = await runAction(root, { ...common, [input]: evil }, env);
      expect(`${input}: ${code}`).toBe(`${input}: 2`);
    }
    const flag = await runAction(root, { ...common, files: '--fail-on=never' }, env);
    expect(flag.text).toContain('There is no ./--fail-on=never in');
    const option = await runAction(root, { ...common, base: '--git-dir' }, env);
    expect(option.text).toContain('The base is not in this checkout.');
    const found = spawnSync('find', [root, '-name', 'pwned'], { encoding: 'utf8' });
    expect(found.stdout).toBe('');
  });
});
