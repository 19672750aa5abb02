import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { environmentKey, measurementOf, type Run, type RunHeader, readDocument, runId } from '@perf/schema';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Ended, folderWith, perfkit } from './cli.js';

const bin = fileURLToPath(new URL('../bin/perfkit.mjs', import.meta.url));

const stable = { cpuModel: 'cpu', cores: 2, os: 'linux', arch: 'x64', nodeMajor: 20 };

/** A run of 7 processes; those with a share of the collector spend it on pauses. */
function runOf(collected: number, name = 'get'): Run {
  const resource = (value: number, unit: 'ns' | 'ratio' = 'ns') => ({
    unit,
    scope: 'process' as const,
    value,
  });
  const header: RunHeader = {
    schema: 'perf/run@1',
    tool: { name: 'perfkit', version: '0.1.0' },
    startedAt: '2025-01-01T00:00:00.000Z',
    seed: Math.round(collected * 100),
    environment: { key: environmentKey(stable), stable, volatile: {} },
    source: {},
  };
  return {
    ...header,
    id: runId(header),
    status: 'complete',
    measurements: Array.from({ length: 7 }, (_, index) =>
      measurementOf({
        probe: { suite: 'cache', name, kind: 'bench', params: {} },
        process: { index, pid: 1 },
        startedAt: header.startedAt,
        elapsed: 1e9,
        seed: 1,
        status: 'ok',
        resources: {
          gcTime: resource(collected * 1e8),
          cpuUser: resource(1e8),
          cpuSystem: resource(0),
          cpuShare: resource(1, 'ratio'),
        },
      }),
    ),
  };
}

/** A folder with these runs in its history. */
function folderOf(...runs: readonly Run[]): string {
  const folder = folderWith(
    Object.fromEntries(runs.map((run, index) => [`${index}.json`, JSON.stringify(run)])),
  );
  expect(perfkit(folder, 'import', ...runs.map((_, index) => `${index}.json`))).toMatchObject({ code: 0 });
  return folder;
}

describe('perfkit advise', () => {
  it('prints each finding with its figure, evidence and how to verify it', () => {
    const run = runOf(0.4);
    const { code, stdout } = perfkit(folderOf(run), 'advise');
    expect(code).toBe(0);
    expect(stdout).toContain('1 finding, 1 moderate.');
    expect(stdout).toContain('1. moderate  cache › get: 40 % of the time is garbage collection');
    expect(stdout).toContain('observed  gc 0.400 (0.400 to 0.400)');
    expect(stdout).toContain(`gc-share: ${run.measurements[0]?.id.slice(0, 8)}`);
    expect(stdout).toContain('perfkit run --only "cache › get"');
  });

  it('says in words that there is nothing to advise, and that this proves little', () => {
    const { code, stdout } = perfkit(folderOf(runOf(0)), 'advise');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing to advise on run [0-9a-f]{8}: .* does not prove that all is well\.\n$/);
  });

  it('takes a run by the beginning of its id and prints one valid document with --json', () => {
    const run = runOf(0.4);
    const folder = folderOf(run, runOf(0));
    const { stdout, stderr } = perfkit(folder, 'advise', run.id.slice(0, 8), '--json');
    const advice = readDocument('advice', JSON.parse(stdout));
    expect(stderr).toBe('');
    expect(advice).toMatchObject({ run: run.id, findings: [{ rule: 'gc-share' }] });
  });

  it('shows hostile names without obeying them', () => {
    const { stdout } = perfkit(folderOf(runOf(0.4, 'get\u001b[31m\nnothing to see \u202e')), 'advise');
    expect(stdout).toContain('get\\u001b[31m\\nnothing to see \\u202e');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('verify    Allocate less there or keep what can be used again');
    expect(stdout).toMatch(/: perfkit run\n/);
  });

  it.each([
    [['advise'], 'Measure something first: perfkit run.'],
    [['advise', '--explain'], '--explain needs --model. Give the name of a model'],
    [['advise', '--explain', '--model', 'm'], '--explain needs --model-url. Give the address'],
    [['advise', '--modle', 'm'], 'Did you mean "--model"?'],
  ])('refuses %j with 2', (args, message) => {
    const { code, stdout, stderr } = perfkit(folderWith(), ...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});

describe('after a regression', () => {
  const service = (rounds: number) => `export function normalise(words) {
  let sum = 0;
  for (let round = 0; round < ${rounds}; round += 1) for (const word of words) sum = (sum * 31 + word.length) | 0;
  return sum;
}
`;
  const perfFile = `import { bench, suite } from '@perf/bench';
import { normalise } from './normalise.mjs';
const words = Array.from({ length: 200 }, (_, index) => 'word' + index);
export default suite('text', { normalise: bench(() => normalise(words)) });
`;

  it('names the function that became slower, with its file and line', () => {
    const folder = folderWith({ 'normalise.mjs': service(1), 'text.perf.mjs': perfFile });
    const measure = () =>
      perfkit(folder, 'run', 'text.perf.mjs', '--time', '50ms', '--no-html', '--processes', '4');
    expect(measure()).toMatchObject({ code: 0 });
    expect(perfkit(folder, 'baseline', 'set')).toMatchObject({ code: 0 });
    writeFileSync(join(folder, 'normalise.mjs'), service(40));
    expect(measure()).toMatchObject({ code: 1 });
    const { stdout } = perfkit(folder, 'advise');
    expect(stdout).toContain('1. critical  text › normalise: time regressed to ');
    expect(stdout).toMatch(/place {5}normalise\.mjs:\d+ normalise\n/);
    expect(stdout).toContain('By the profiles of both runs, "normalise" itself accounts for');
  }, 120_000);
});

describe('with --explain', () => {
  const answer = (...sentences: readonly unknown[]) =>
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: JSON.stringify({ sentences }) },
          finish_reason: 'stop',
        },
      ],
    });

  async function explained(
    status: number,
    body: string,
    ...flags: string[]
  ): Promise<Ended & { keys: unknown[] }> {
    const keys: unknown[] = [];
    const server = createServer((request, response) => {
      keys.push(request.headers.authorization);
      request.resume().on('end', () => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(body);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const env = {
      ...process.env,
      NO_COLOR: '1',
      NODE_OPTIONS: '',
      PERFKIT_MODEL: 'm',
      PERFKIT_MODEL_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      PERFKIT_MODEL_KEY: 'sk-secret',
    };
    const child = spawn(process.execPath, [bin, 'advise', '--explain', ...flags], {
      cwd: folderOf(runOf(0.4)),
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(child, 'close');
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = (await ended) as [number | null];
    return { code, stdout, stderr, keys };
  }

  it('prints what the model says with its citations, and tells what was rejected', async () => {
    const body = answer(
      { text: 'The collector takes 40 % of the time.', cites: [1] },
      { text: 'It takes 90 % of the time.', cites: [1] },
    );
    const { code, stdout, stderr, keys } = await explained(200, body);
    expect(code).toBe(0);
    expect(stdout).toContain('What m makes of it');
    expect(stdout).toContain('  The collector takes 40 % of the time. [1]');
    expect(stdout).not.toContain('90 %');
    expect(stderr).toBe(
      '1 sentence of the model rejected, as it holds a figure that is not in what it cites.\n',
    );
    expect(keys).toEqual(['Bearer sk-secret']);
  });

  it('prints the advice all the same when the server refuses, and why, without the key', async () => {
    const { code, stdout, stderr } = await explained(
      401,
      '{"error":{"message":"bad key sk-secret"}}',
      '--json',
    );
    expect(code).toBe(0);
    expect(readDocument('advice', JSON.parse(stdout)).findings).toHaveLength(1);
    expect(stderr).toContain(
      "No explanation:\nperfkit: The model's server refused the key (HTTP 401): bad key …",
    );
    expect(stderr).not.toContain('sk-secret');
  });

  it('says so when nothing that the model wrote may be shown', async () => {
    const { stdout, stderr } = await explained(200, answer({ text: 'All is well.', cites: [] }), '--json');
    expect(JSON.parse(stdout)).not.toHaveProperty('explanation');
    expect(stderr).toBe('No explanation: 1 sentence of the model rejected, as it cites nothing.\n');
  });
});
