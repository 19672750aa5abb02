import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readDocument } from '@perf/schema';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderWith, perfkit, startPerfkit } from './cli.js';

const PATIENCE_MS = 120_000;
/** Few blocks would do, but the command has no say in them: few requests make them short. */
const short: readonly string[] = ['--iterations', '60', '--warmup', '0', '--timeout', '90s'];

const program = `
const kept = [];
const server = require('node:http').createServer((request, response) => {
  if (request.url === '/keeps') kept.push({ text: String(kept.length) });
  if (request.url === '/logs') console.log({ at: new Date() });
  if (request.url === '/ends' && kept.push(0) > 50) process.exit(5);
  if (request.url === '/posts' && !(request.method === 'POST' && request.headers['x-user'] === 'me' && request.headers['x-way'] === 'a: b'))
    response.statusCode = 500;
  response.end('done');
});
server.listen(0, '127.0.0.1', () => console.error('serves http://127.0.0.1:' + server.address().port));
`;

interface Service {
  readonly root: string;
  readonly pid: string;
  readonly url: string;
  readonly said: () => string;
  readonly ended: Promise<unknown>;
}

async function service(...flags: string[]): Promise<Service> {
  const root = folderWith({ 'service.cjs': program });
  const child = spawn(process.execPath, [...flags, 'service.cjs'], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  while (!said.includes('serves ')) await once(child.stderr, 'data');
  return {
    root,
    pid: String(child.pid),
    url: /serves (\S+)/.exec(said)?.[1] as string,
    said: () => said,
    ended,
  };
}

describe('perfkit leak --attach', () => {
  it(
    'says what leaks in another process, what holds it and who made it, and ends with 1',
    async () => {
      const { root, pid, url, said } = await service('--inspect-port=0');
      const args = ['leak', '--attach', pid, '--drive', `${url}/keeps`, '--budget', '512MiB', ...short];
      const { code, stdout, stderr } = perfkit(root, ...args);
      expect(stderr).toContain(`attached to process ${pid}, Node.js ${process.version}`);
      expect(stdout).toMatch(
        /^attached › http:\S+\/keeps leaks heap: .* per iteration \(.*\)\. 512 MiB are full after /,
      );
      expect(stdout).toMatch(
        /Held by .*kept: Array.*, made at \S*service\.cjs:3\.\n {4}at \S+ \S*service\.cjs:3$/m,
      );
      expect(stdout).toMatch(/is steady in memory outside the heap: .* Steady too: .*handles\.$/m);
      expect(code).toBe(1);
      await expect.poll(said).toContain('Debugger attached.');
    },
    PATIENCE_MS,
  );

  it(
    'finds no leak where objects are logged, ends with 0 and prints a measurement for --json',
    async () => {
      const { root, pid, url, said } = await service('--inspect=0');
      const inspector = /ws:\/\/\S+/.exec(said())?.[0] as string;
      const args = ['leak', '--attach', inspector, '--drive', `${url}/logs`, '--json', ...short];
      const { code, stdout } = perfkit(root, ...args);
      const measurement = readDocument('measurement', JSON.parse(stdout));
      expect(measurement).toMatchObject({
        probe: { suite: 'attached', name: `${url}/logs`, kind: 'leak' },
        process: { pid: Number(pid) },
        status: 'ok',
      });
      expect(measurement.findings).toContainEqual(
        expect.objectContaining({ resource: 'heap', verdict: 'steady' }),
      );
      expect(code).toBe(0);
    },
    PATIENCE_MS,
  );

  it(
    'ends with 3 where the process or a request fails, and sends what it is told to',
    async () => {
      const { root, pid, url, ended: end } = await service('--inspect-port=0');
      const posts = ['leak', '--attach', pid, '--drive', `${url}/posts`];
      const wrong = perfkit(root, ...posts);
      expect(wrong).toMatchObject({ code: 3, stdout: '' });
      expect(wrong.stderr).toContain(`Request 1 (GET ${url}/posts) was answered with 500.`);
      const headers = ['--header', 'x-user: me', '--header', 'x-way:a: b'];
      const right = perfkit(root, ...posts, ...headers, '--body', '{}', ...short);
      expect(right.code).toBe(0);
      const ended = perfkit(root, 'leak', '--attach', pid, '--drive', `${url}/ends`, ...short);
      expect(ended).toMatchObject({ code: 3, stdout: '' });
      expect(ended.stderr).toMatch(/The process at ws:\S+ ended, .* Look at what it wrote last/);
      await end;
      const gone = perfkit(root, 'leak', '--attach', pid, '--drive', url);
      expect(gone).toMatchObject({ code: 2, stdout: '' });
      expect(gone.stderr).toContain(`There is no process ${pid}.`);
    },
    PATIENCE_MS,
  );

  it('leaves the process when it is interrupted', async () => {
    const { root, pid, url, said } = await service('--inspect-port=0');
    const hunt = startPerfkit(root, 'leak', '--attach', pid, '--drive', `${url}/logs`);
    const [chunk] = await once(hunt.stderr as NodeJS.ReadableStream, 'data');
    expect(String(chunk)).toContain('attached to process');
    hunt.kill('SIGINT');
    const [code] = await once(hunt, 'exit');
    expect(code).toBe(130);
    const host = new URL(/ws:\/\/\S+/.exec(said())?.[0] as string).host;
    await expect(fetch(`http://${host}/json/list`)).rejects.toThrow('fetch failed');
    expect((await fetch(url)).status).toBe(200);
  });

  it('refuses command lines that do not say enough, or too much', () => {
    const root = folderWith();
    for (const [args, message] of [
      [['--attach', '1'], '--attach needs --drive.'],
      [['--drive', 'http://127.0.0.1/'], '--drive needs --attach.'],
      [['top', 'a.heapsnapshot', '--iterations', '5'], '--iterations needs --attach.'],
      [
        ['top', '--attach', '1', '--drive', 'http://127.0.0.1/'],
        '"top" reads files, and --attach a process.',
      ],
      [['--attach', '1', '--drive', '/path'], '"/path" is no address to send requests to.'],
      [['--attach', '1', '--drive', 'http://127.0.0.1/', '--budget', '5'], '--budget is "5".'],
      [['--attach', '1', '--drive', 'http://127.0.0.1/', '--header', 'user'], '--header is "user".'],
      [['--attach', '1', '--drive', 'http://127.0.0.1/', '--concurrency', '0'], '"concurrency" is 0.'],
      [['--attach', 'service', '--drive', 'http://127.0.0.1/'], '"service" names no process.'],
      [[], '"perfkit leak" lacks an argument.'],
    ] as const) {
      const { code, stdout, stderr } = perfkit(root, 'leak', ...args);
      expect(stderr).toContain(message);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    }
  });
});
