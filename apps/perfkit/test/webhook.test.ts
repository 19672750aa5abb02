import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { step } from './ci-job.js';
import { flat, folderWithHistory, storeRuns } from './trend-store.js';

interface Posted {
  readonly type: string | undefined;
  readonly body: { text?: string; schema?: string; alerts?: Record<string, unknown>[] };
}

/** A server that takes JSON by POST alone, and answers with these statuses first. */
async function hook(...first: { status: number; headers?: Record<string, string> }[]) {
  const posted: Posted[] = [];
  const asked: number[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { status, headers } = first.shift() ?? { status: 200 };
      asked.push(status);
      if (status === 200 && request.method === 'POST') {
        posted.push({
          type: request.headers['content-type'],
          body: JSON.parse(Buffer.concat(chunks).toString()) as Posted['body'],
        });
      }
      response
        .writeHead(request.method === 'POST' ? status : 405, headers ?? {})
        .end(status === 200 ? 'ok' : 'no_service');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/T0/secret`, posted, asked };
}

const stepped = { levels: [...flat(20, 1000), ...flat(8, 1300)] };
const trend = (folder: string, url: string, ...args: string[]) =>
  step(folder, {}, 'trend', '--branch', 'main', '--webhook', url, ...args);

describe('perfkit trend --webhook', () => {
  it('tells of an alert once, and once more when it is over', async () => {
    const { folder, file, runs } = folderWithHistory(stepped);
    const { url, posted } = await hook();
    const first = await trend(folder, url, '--fail-on', 'minor');
    expect(first).toMatchObject({ code: 1 });
    expect(first.stderr).toContain('1 alert.');
    expect(first.stderr + first.stdout).not.toContain('secret');
    expect(posted).toEqual([
      {
        type: 'application/json',
        body: expect.objectContaining({ schema: 'perf/alerts@1' }) as Posted['body'],
      },
    ]);
    expect(posted[0]?.body.alerts).toEqual([
      expect.objectContaining({
        news: 'begun',
        severity: 'minor',
        series: ['cache › get, hit  time'],
        commit: 'c2000000',
        run: runs[20]?.id,
      }),
    ]);
    expect(posted[0]?.body.text).toMatch(
      /^minor regression: cache › get, hit {2}time \(commit c2000000\): The level rose/,
    );
    storeRuns(file, { levels: flat(3, 1300), from: 28 });
    await trend(folder, url);
    expect(posted).toHaveLength(1);
    storeRuns(file, { levels: flat(9, 1000), from: 31 });
    await trend(folder, url);
    expect(posted.slice(1).map(({ body }) => body.alerts?.map(({ news }) => news))).toEqual([['over']]);
    await trend(folder, url);
    expect(posted).toHaveLength(2);
  });

  it('writes as Slack reads it', async () => {
    const { folder } = folderWithHistory({ ...stepped, suite: 'a <b> & c' });
    const { url, posted } = await hook();
    await trend(folder, url, '--webhook-format', 'slack');
    expect(Object.keys(posted[0]?.body ?? {})).toEqual(['text']);
    expect(posted[0]?.body.text).toContain('a &lt;b&gt; &amp; c › get, hit');
  });

  it('tries again when the server fails or is busy, and what was not taken is told the next time', async () => {
    const { folder } = folderWithHistory(stepped);
    const busy = await hook({ status: 503 }, { status: 429, headers: { 'retry-after': '0' } });
    expect((await trend(folder, busy.url)).code).toBe(0);
    expect(busy.asked).toEqual([503, 429, 200]);

    const other = folderWithHistory(stepped);
    const refusing = await hook({ status: 404 });
    const refused = await trend(other.folder, refusing.url);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('answered 404: no_service');
    expect(refused.stderr).not.toContain('secret');
    expect(refusing.posted).toEqual([]);
    await trend(other.folder, refusing.url);
    expect(refusing.posted).toHaveLength(1);
  });

  it.each([
    [['--webhook', 'hooks.slack.com/services'], 'is no http: or https: address'],
    [['--since', 'lately'], '--since is "lately".'],
    [['--fail-on', 'always'], 'Invalid values'],
  ])('refuses %j with 2', async (args, message) => {
    const { folder } = folderWithHistory({ levels: [1000] });
    const { code, stderr } = await step(folder, {}, 'trend', '--branch', 'main', ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

describe('perfkit trend --since', () => {
  it('shows what moved since then, judged with what came before', async () => {
    const { folder } = folderWithHistory(stepped);
    const since = (day: string) =>
      step(folder, {}, 'trend', '--branch', 'main', '--since', day, '--fail-on', 'minor');
    // The runs are of January 2025; the alert is of today.
    const all = await since('2025-01-20');
    expect(all.stdout).toContain('28 runs');
    expect(all.code).toBe(1);
    const none = await since('1d');
    expect(none.stderr).toContain('No judged metric is stored of what was asked for.');
  });
});
