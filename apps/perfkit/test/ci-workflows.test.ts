import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { flags } from '../src/flags.js';
import { folderWith, perfkit } from './cli.js';

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly steps: readonly Step[];
  readonly permissions?: Readonly<Record<string, string>>;
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly runs?: { readonly steps: readonly Step[] };
  readonly inputs?: Readonly<Record<string, { readonly description: string }>>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));
const guide = readFileSync(`${root}/docs/github.md`, 'utf8');

/** Every workflow and action that this repository holds or shows, by where it is. */
const documents = new Map<string, string>([
  ...readdirSync(`${root}/.github/workflows`).map((name): [string, string] => [
    name,
    readFileSync(`${root}/.github/workflows/${name}`, 'utf8'),
  ]),
  ['action.yml', readFileSync(`${root}/.github/actions/perfkit/action.yml`, 'utf8')],
  ...[...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ''], index): [string, string] => [
    `docs/github.md, example ${index + 1}`,
    text,
  ]),
]);

function parsed(text: string): Workflow {
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  expect(document.errors).toEqual([]);
  return document.toJS() as Workflow;
}

function stepsOf({ jobs = {}, runs }: Workflow): Step[] {
  return [...Object.values(jobs).flatMap(({ steps }) => steps), ...(runs?.steps ?? [])];
}

/** The perfkit command lines of a script: the command, and its flags. */
function commandsOf(script: string): { command: string; flags: string[] }[] {
  const calls = script.matchAll(/(?:perfkit\.mjs|\bperfkit|"\$\{perfkit\[@\]\}") +([a-z]+)\b([^\n|;&]*)/g);
  const lines = [...calls].map(([, command = '', rest = '']) => ({ command, rest }));
  const added = [...script.matchAll(/flags\+?=\(([^)]*)\)/g)].map(([, flag = '']) => flag);
  return lines.map(({ command, rest }) => {
    const words = `${rest} ${rest.includes('flags[@]') ? added.join(' ') : ''}`;
    return { command, flags: [...words.matchAll(/--([a-z][a-z-]*)/g)].map(([, flag = '']) => flag) };
  });
}

it('there are workflows, an action, and examples in the guide', () => {
  expect(documents.size).toBeGreaterThanOrEqual(6);
});

describe.each([...documents])('%s', (name, text) => {
  const workflow = parsed(text);
  const steps = stepsOf(workflow);

  it('is YAML with steps, each of which runs or uses something', () => {
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) expect([step.run, step.uses].filter(Boolean)).toHaveLength(1);
  });

  it('pins its actions to a version or a commit', () => {
    for (const { uses } of steps) {
      if (uses !== undefined) expect(uses).toMatch(/^([\w./-]+@(v\d+|COMMIT|[0-9a-f]{40})|\.\/[\w./-]+)$/);
    }
  });

  it('has scripts that bash can read, with nothing put into their text', () => {
    for (const { run, shell } of steps) {
      if (run === undefined) continue;
      expect(run).not.toContain('${{');
      const { status, stderr } = spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(status).toBe(0);
      if (workflow.runs !== undefined) expect(shell).toBe('bash');
    }
  });

  it('calls perfkit with commands and flags that it has', () => {
    for (const { run = '' } of steps) {
      for (const { command, flags: used } of commandsOf(run)) {
        const help = perfkit(folderWith(), command, '--help');
        // An unknown command answers --help too, with that of perfkit.
        expect(help.stdout.split('\n')[0]).toMatch(new RegExp(`^perfkit ${command}\\b`));
        for (const flag of used) {
          const known =
            help.stdout.includes(`--${flag} `) || help.stdout.includes(`--${flag.replace(/^no-/, '')} `);
          expect(`${command} --${flag}: ${known}`).toBe(`${command} --${flag}: true`);
        }
      }
    }
  });

  it('gives each job no more than it needs', () => {
    if (workflow.jobs === undefined || /^(ci|release)\.yml$/.test(name)) return;
    expect([{ contents: 'read' }, {}]).toContainEqual(workflow.permissions);
    for (const { permissions = {}, steps } of Object.values(workflow.jobs)) {
      const { contents = 'read', actions = 'read', 'pull-requests': pulls, ...more } = permissions;
      expect([contents, actions, more]).toEqual(['read', 'read', {}]);
      const comments = steps.some(
        ({ run = '', uses = '' }) => run.includes('ci comment') || uses.includes('perfkit'),
      );
      expect(pulls === undefined || comments).toBe(true);
    }
    expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
    for (const { uses = '', with: options } of steps) {
      if (uses.startsWith('actions/checkout'))
        expect(options).toMatchObject({ 'persist-credentials': false });
    }
  });
});

describe('performance.yml', () => {
  const text = documents.get('performance.yml') ?? '';
  const steps = stepsOf(parsed(text));

  it('compares on pull requests, comments, fails on critical regressions, and runs the trend daily', () => {
    expect(parsed(text).on).toMatchObject({ pull_request: null, schedule: [{ cron: '17 3 * * *' }] });
    const commands = steps.flatMap(({ run = '' }) => commandsOf(run));
    expect(commands.map(({ command }) => command)).toEqual([
      'compare',
      'ci',
      'ci',
      'run',
      'trend',
      'ci',
      'export',
    ]);
    expect(commands[0]?.flags).toEqual(['fail-on']);
  });

  it('hands its token to the step that comments, and to no other', () => {
    const withToken = steps.filter(({ env = {} }) => Object.values(env).some((one) => one.includes('token')));
    expect(withToken.map(({ name }) => name)).toEqual(['Comment on the pull request']);
  });
});

it('performance-comment.yml runs nothing that came with the artifact, nor lets it replace what it runs', () => {
  const steps = stepsOf(parsed(documents.get('performance-comment.yml') ?? ''));
  const [checkout, download] = steps;
  expect(checkout?.with).not.toHaveProperty('ref');
  expect(download?.with).toMatchObject({ path: `\${{ runner.temp }}/performance` });
  for (const { run = '' } of steps.filter(({ run }) => run?.includes('RUNNER_TEMP'))) {
    expect(run).toMatch(
      /^node apps\/perfkit\/bin\/perfkit.mjs ci comment --file "\$RUNNER_TEMP\/performance\/b.run.json"/,
    );
  }
});

describe('the guide', () => {
  const action = parsed(documents.get('action.yml') ?? '');

  it('describes every input of the action, and gives it only inputs that it has', () => {
    const inputs = Object.keys(action.inputs ?? {});
    for (const input of inputs) expect(guide).toContain(`| \`${input}\` |`);
    const uses = [...documents]
      .filter(([name]) => name.startsWith('docs/'))
      .flatMap(([, text]) => stepsOf(parsed(text)))
      .filter(({ uses = '' }) => uses.includes('/actions/perfkit@'));
    expect(uses.length).toBeGreaterThan(0);
    for (const step of uses)
      for (const input of Object.keys(step.with ?? {})) expect(inputs).toContain(input);
  });

  it('describes every flag of perfkit ci, and names only files that exist', () => {
    for (const flag of Object.keys(flags.ci)) expect(guide).toContain(`--${flag}`);
    for (const [, path = ''] of guide.matchAll(/\]\(\.\.\/([^)#]+)\)/g))
      expect(existsSync(`${root}/${path}`)).toBe(true);
  });
});
