import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  arrivals,
  constant,
  http,
  LoadError,
  load,
  type ServerProcess,
  serverProcess,
} from '../src/index.js';
import { context, reread } from './context.js';

const script = fileURLToPath(new URL('fixtures/server.mjs', import.meta.url));
const broken = fileURLToPath(new URL('fixtures/broken-server.mjs', import.meta.url));
const server = { setup: () => serverProcess(script), teardown: (it: ServerProcess) => it.close() };
const short = constant({ concurrency: 4, seconds: 0.3 });
/** A number of requests that no machine's speed changes. */
const thirty = arrivals({ rate: 100, seconds: 0.3 });
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('load over HTTP', () => {
  it('counts exactly the requests that a server answers with an error', async () => {
    let seen = 0;
    const probe = load(http('/tenth'), thirty, {
      setup: server.setup,
      teardown: async (it) => {
        const counts = await (await fetch(`${it.url}/counts`)).json();
        seen = (counts as { requests: number }).requests;
        await it.close();
      },
    });
    const measurement = reread(await probe.measure(context()));
    const [stage] = measurement.artifacts.load?.stages ?? [];
    expect(seen).toBe(30);
    expect(stage?.operations).toBe(30);
    expect(stage?.errors).toEqual({ 'http 503': 3 });
  });

  it('leaves it to the user which statuses are successes', async () => {
    const accepting = http('/tenth', { accept: (status) => status === 503 });
    const { artifacts } = await load(accepting, thirty, server).measure(context());
    const [stage] = artifacts.load?.stages ?? [];
    expect(stage).toMatchObject({ operations: 30, errors: { 'http 200': 27 } });
  });

  it('sends what a function of the input says, with a body', async () => {
    const echo = http(({ url }: ServerProcess) => ({
      url,
      path: '/echo?a=1',
      method: 'POST',
      body: 'hello',
    }));
    const { artifacts } = await load(echo, short, server).measure(context());
    expect(artifacts.load?.stages[0]?.errors).toEqual({});
  });

  it('opens as many connections as requests are due, and none waits for another', async () => {
    // The server answers none of them before all forty are there.
    const gathering = http('/gather?count=40', { timeoutMs: 5000 });
    const shape = arrivals({ rate: 200, seconds: 0.2 });
    const { artifacts } = await load(gathering, shape, server).measure(context());
    expect(artifacts.load?.stages[0]).toMatchObject({ operations: 40, errors: {} });
  });

  it('keeps to a number of connections where it is told to', async () => {
    let most = 0;
    const probe = load(http('/slow', { connections: 2 }), constant({ concurrency: 10, seconds: 0.2 }), {
      setup: server.setup,
      teardown: async (it) => {
        most = ((await (await fetch(`${it.url}/counts`)).json()) as { mostWaiting: number }).mostWaiting;
        await it.close();
      },
    });
    await probe.measure(context());
    expect(most).toBe(2);
  });

  it('gives up a request that is not answered in time, also one that waits for a connection', async () => {
    const hanging = http('/never', { timeoutMs: 100, connections: 1 });
    const { artifacts, status } = await load(hanging, short, server).measure(context());
    const [stage] = artifacts.load?.stages ?? [];
    expect(stage?.operations).toBeGreaterThanOrEqual(4);
    expect(stage?.errors).toEqual({ timeout: stage?.operations });
    expect(status).toBe('failed');
  });

  it('tells a refused connection from a broken one', async () => {
    const listener = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => listener.once('listening', resolve));
    const address = listener.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await new Promise((resolve) => listener.close(resolve));
    const kindsOf = async (probe: ReturnType<typeof load>) =>
      Object.keys((await probe.measure(context())).artifacts.load?.stages[0]?.errors ?? {});
    expect(await kindsOf(load(http(`http://127.0.0.1:${port}`), short))).toEqual(['ECONNREFUSED']);
    expect(await kindsOf(load(http('/reset'), short, server))).toEqual(['UND_ERR_SOCKET']);
  });

  it('refuses an address that is none', async () => {
    for (const url of ['/no-base', 'ftp://example.org', 'http://', '__proto__']) {
      const measurement = await load(http(url), short).measure(context());
      expect(measurement).toMatchObject({ status: 'failed', error: { code: 'load/nothing-succeeded' } });
      expect(Object.keys(measurement.artifacts.load?.stages[0]?.errors ?? {})).toEqual(['load/url']);
    }
    // @ts-expect-error not a URL
    expect(() => http(5)).toThrow(LoadError);
    expect(() => http('http://127.0.0.1', { timeoutMs: 0 })).toThrow(LoadError);
  });

  it.runIf(process.platform === 'linux')('observes the process of the server', async () => {
    const probe = load(http('/ok'), constant({ concurrency: 2, seconds: 1.2 }), {
      ...server,
      targetPid: ({ pid }) => pid,
    });
    const { artifacts } = reread(await probe.measure(context()));
    const series = artifacts.timeline?.series ?? [];
    const rss = series.find(({ name, scope }) => name === 'rss' && scope === 'target');
    expect(rss?.values.filter((value) => (value ?? 0) > 1e7).length).toBeGreaterThan(2);
    expect(series.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['throughput', 'latency_p50', 'latency_p99', 'errors', 'concurrency', 'cpu']),
    );
  });
});

describe('serverProcess', () => {
  it('waits for the URL, by message or on a line, and ends the server for good', async () => {
    for (const started of [serverProcess(script), serverProcess([process.execPath, script, 'print'])]) {
      const { url, pid, close } = await started;
      expect((await fetch(new URL('/ok', url))).status).toBe(200);
      await close();
      await close();
      expect(isAlive(pid)).toBe(false);
    }
  });

  it('says why a server did not start', async () => {
    await expect(serverProcess(broken)).rejects.toMatchObject({
      code: 'load/server',
      message: expect.stringMatching(/ended with code 3.*the port is taken/s),
    });
    await expect(serverProcess(['no-such-command-of-perfkit'])).rejects.toMatchObject({
      code: 'load/server',
    });
    const silent = serverProcess([process.execPath, '-e', 'setInterval(() => 1, 1000)'], { readyMs: 200 });
    await expect(silent).rejects.toMatchObject({ message: expect.stringContaining('within 200 ms') });
  });
});
