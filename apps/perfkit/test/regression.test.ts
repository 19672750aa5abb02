import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDocument } from '@perf/schema';
import { expect, it } from 'vitest';
import { github, tokens } from './ci-github.js';
import { inWorkflow, step } from './ci-job.js';
import { folderWith } from './cli.js';

const services = fileURLToPath(new URL('../../example-services/', import.meta.url));
const measure = ['run', '--time', '50ms', '--no-html'];

/** A copy of the example services that may be spoilt. */
function copyOfServices(): string {
  const event = { pull_request: { number: 7 }, number: 7 };
  const root = folderWith({ 'event.json': JSON.stringify(event) });
  for (const part of ['src', 'perf', 'roles', 'package.json', 'perf.config.yaml']) {
    cpSync(join(services, part), join(root, part), { recursive: true });
  }
  symlinkSync(join(services, 'node_modules'), join(root, 'node_modules'));
  return root;
}

/** Replaces text in a file of the copy, as a change would. */
function patch(file: string, from: string, to: string): void {
  const before = readFileSync(file, 'utf8');
  expect(before).toContain(from);
  writeFileSync(file, before.replace(from, to));
}

/** The stored baseline, then the same probe after a change. */
async function aroundChange(root: string, only: string, change: () => void) {
  const local = { CI: '1' };
  expect((await step(root, local, ...measure, '--only', only)).code).toBe(0);
  expect((await step(root, local, 'baseline', 'set')).code).toBe(0);
  change();
  const { code, stdout, stderr } = await step(root, local, ...measure, '--only', only, '--json');
  expect(stderr).not.toContain('failed');
  return { code, run: readDocument('run', JSON.parse(stdout)) };
}

it('a service that lost its index fails the run, and comment, annotation and advice name the function', async () => {
  const root = copyOfServices();
  const { code, run } = await aroundChange(root, "an agent's 10 most urgent tasks", () =>
    patch(
      join(root, 'src/database.ts'),
      'CREATE INDEX IF NOT EXISTS tasks_by_agent ON tasks (agent_id, status, priority DESC, id);',
      '',
    ),
  );
  expect(code).toBe(1);
  const time = run.comparison?.comparisons.find(({ metric }) => metric === 'time');
  expect(time).toMatchObject({ verdict: 'regressed', severity: 'critical' });

  const advised = await step(root, {}, 'advise', '--json');
  const advice = readDocument('advice', JSON.parse(advised.stdout));
  expect(advice.findings[0]).toMatchObject({
    rule: 'regression',
    severity: 'critical',
    place: { file: join(root, 'src/database.ts'), function: 'tasksOf' },
  });

  const server = await github();
  const job = inWorkflow(root, server.url, tokens.workflow);
  const commented = await step(root, job, 'ci', 'comment');
  expect(commented.code).toBe(1);
  expect(server.comments).toHaveLength(1);
  expect(server.comments[0]?.body).toContain('most urgent tasks');
  expect(server.comments[0]?.body).toContain('critical');
  expect(server.comments[0]?.body).toContain('tasksOf');

  const summed = await step(root, job, 'ci', 'summary');
  expect(summed.code).toBe(1);
  expect(summed.stdout).toMatch(/^::error file=src\/database\.ts,line=\d+,title=[^\n]*::/m);
});

it('a tenth more work is no regression where the threshold is 30 %', async () => {
  const root = copyOfServices();
  const { code, run } = await aroundChange(root, 'sweep, nothing idle', () => {
    const file = join(root, 'src/session.ts');
    patch(file, 'export class SessionStore {', 'let sweeps = 0;\n\nexport class SessionStore {');
    patch(
      file,
      '    this.#sessions.purgeStale();\n',
      '    this.#sessions.purgeStale();\n    sweeps += 1;\n    if (sweeps % 10 === 0) this.#sessions.purgeStale();\n',
    );
  });
  const failed = run.gates?.filter(({ state }) => state === 'failed');
  expect(code, JSON.stringify([run.comparison?.comparisons, failed])).toBe(0);
  const time = run.comparison?.comparisons.find(({ metric }) => metric === 'time');
  expect(time?.threshold).toBe(0.3);
  expect(time?.verdict).not.toBe('regressed');
});
