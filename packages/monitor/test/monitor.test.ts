import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { collectGarbage, type FigureName, type MonitorSummary, monitor } from '../src/index.js';
import { startMonitor } from '../src/sampling/monitor.js';
import { kernelFolder } from './kernel-folder.js';

const onLinux = process.platform === 'linux';
/** Memory file systems write nothing to storage. */
const TMPFS = 0x01021994;

function busy(ms: number): void {
  const until = process.hrtime.bigint() + BigInt(ms * 1e6);
  while (process.hrtime.bigint() < until);
}

async function during(work: () => unknown): Promise<MonitorSummary> {
  const observation = monitor({ intervalMs: 20 });
  onTestFinished(() => void observation.stop());
  await work();
  return await observation.stop();
}

function gauge(summary: MonitorSummary, name: FigureName) {
  const figure = summary.figures[name];
  if (figure === undefined || !('kind' in figure) || figure.kind !== 'gauge')
    throw new Error(`${name} was not read: ${JSON.stringify(figure)}`);
  return figure;
}

function counter(summary: MonitorSummary, name: FigureName) {
  const figure = summary.figures[name];
  if (figure === undefined || !('kind' in figure) || figure.kind !== 'counter')
    throw new Error(`${name} was not read: ${JSON.stringify(figure)}`);
  return figure;
}

describe('monitor', () => {
  it('sees CPU time, with its share of a core', async () => {
    const summary = await during(async () => {
      const until = process.cpuUsage().user + 60_000;
      while (process.cpuUsage().user < until) await sleep(0);
    });
    const { total, rate } = counter(summary, 'cpuUser');
    expect(total).toBeGreaterThanOrEqual(60e6);
    expect(rate.mean).toBeCloseTo(total / summary.duration, 1);
    expect(rate.min).toBeLessThanOrEqual(rate.mean);
    expect(rate.max).toBeGreaterThanOrEqual(rate.mean);
    expect(gauge(summary, 'cpuShare').max).toBeGreaterThan(0);
  });

  it('sees objects move into the spaces of the heap, and array buffers outside of it', async () => {
    const kept: unknown[] = [];
    const summary = await during(async () => {
      await sleep(40);
      for (let index = 0; index < 300_000; index += 1) kept.push({ index });
      kept.push(new Array(1e6).fill(1), Buffer.alloc(32 << 20, 1));
      collectGarbage();
      await sleep(40);
    });
    expect(kept).toHaveLength(300_002);
    const grown = (name: FigureName) => gauge(summary, name).last - gauge(summary, name).min;
    expect(grown('heapSpaceUsed.old_space')).toBeGreaterThan(300_000 * 16);
    expect(grown('heapSpaceUsed.large_object_space')).toBeGreaterThan(4e6);
    expect(grown('heapUsed')).toBeGreaterThan(300_000 * 16);
    expect(grown('arrayBuffers')).toBeGreaterThan(31 << 20);
    expect(grown('external')).toBeGreaterThan(31 << 20);
    expect(grown('rss')).toBeGreaterThan(0);
    expect(gauge(summary, 'rss').last).toBeLessThanOrEqual(gauge(summary, 'rssPeak').last * 1.1);
    const { used, size } = { used: 'heapSpaceUsed.old_space', size: 'heapSpaceSize.old_space' } as const;
    expect(gauge(summary, size).last).toBeGreaterThan(gauge(summary, used).last / 2);
  });

  it('agrees with process.memoryUsage', async () => {
    const summary = await during(() => undefined);
    const { rss, heapTotal } = process.memoryUsage();
    expect(gauge(summary, 'rss').last / rss).toBeCloseTo(1, 0);
    expect(gauge(summary, 'heapTotal').last / heapTotal).toBeCloseTo(1, 0);
  });

  it('counts collections by kind, the last ones too', async () => {
    const summary = await during(() => {
      let kept: unknown[] = [];
      for (let index = 0; index < 2_000_000; index += 1) {
        kept.push({ index });
        if (kept.length === 100_000) kept = [];
      }
      collectGarbage();
    });
    expect(counter(summary, 'gcMinor').total).toBeGreaterThan(0);
    expect(counter(summary, 'gcMajor').total).toBeGreaterThan(0);
    const kinds = ['gcMinorTime', 'gcMajorTime', 'gcIncrementalTime', 'gcWeakCallbacksTime'] as const;
    const times = kinds.map((name) => counter(summary, name).total);
    expect(times.reduce((sum, time) => sum + time, 0)).toBeCloseTo(counter(summary, 'gcTime').total, 0);
    expect(gauge(summary, 'gcLongest').max).toBeGreaterThan(0);
    expect(gauge(summary, 'gcLongest').max).toBeLessThanOrEqual(counter(summary, 'gcTime').total);
  });

  it('sees how long the event loop was blocked', async () => {
    const summary = await during(async () => {
      await sleep(60);
      busy(150);
      await sleep(60);
    });
    expect(gauge(summary, 'eventLoopDelayMax').max).toBeGreaterThanOrEqual(125e6);
    expect(gauge(summary, 'eventLoopDelayMax').max).toBeGreaterThan(
      gauge(summary, 'eventLoopDelayMean').mean,
    );
    expect(gauge(summary, 'eventLoopUtilization').max).toBeGreaterThan(0);
  });

  it.runIf(onLinux && statfsSync(tmpdir()).type !== TMPFS)('sees bytes go to storage', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'perfkit-monitor-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const summary = await during(() =>
      writeFileSync(join(folder, 'file'), Buffer.alloc(1 << 20, 1), { flush: true }),
    );
    expect(counter(summary, 'fsWrite').total).toBeGreaterThanOrEqual(1 << 20);
  });

  it.runIf(onLinux)('sees loopback traffic, and the sockets that it goes through', async () => {
    const summary = await during(async () => {
      const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      const client = connect(address.port, '127.0.0.1');
      client.write(Buffer.alloc(4 << 20));
      await once(client, 'drain');
      await sleep(50);
      client.destroy();
      server.close();
      await once(server, 'close');
    });
    expect(counter(summary, 'netLoopback').total).toBeGreaterThan(4 << 20);
    expect(summary.handles.TCPServerWrap?.max).toBe(1);
    expect(summary.handles.TCPSocketWrap?.max).toBe(2);
    expect(summary.handles.TCPServerWrap?.last).toBe(0);
  });

  it.runIf(onLinux)('counts open descriptors', async () => {
    const summary = await during(async () => {
      await sleep(50);
      const opened = Array.from({ length: 50 }, () => openSync(import.meta.filename, 'r'));
      await sleep(50);
      for (const descriptor of opened) closeSync(descriptor);
    });
    const { min, max, last } = gauge(summary, 'fds');
    expect(max - min).toBeGreaterThanOrEqual(50);
    expect(max - last).toBeGreaterThanOrEqual(50);
  });

  it('gives every figure a value or a reason, in samples and in the summary alike', async () => {
    const observation = monitor({ intervalMs: 20 });
    const { value } = await observation[Symbol.asyncIterator]().next();
    const summary = await observation.stop();
    expect(Object.keys(value?.figures ?? {})).toEqual(Object.keys(summary.figures));
    for (const figure of Object.values(value?.figures ?? {})) {
      if (typeof figure === 'number') expect(Number.isFinite(figure)).toBe(true);
      else expect(figure.unavailable).not.toBe('');
    }
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  });

  it('says what the kernel does not show, and gives the rest', async () => {
    const observation = startMonitor({ intervalMs: 20 }, kernelFolder({}).root);
    await sleep(50);
    const { figures } = await observation.stop();
    const reason = { unavailable: expect.stringMatching(/lacks or hides|not mounted|no control groups/) };
    const fromKernel = [
      'steal',
      'throttledTime',
      'netSent',
      'fsRead',
      'fds',
      'cpuWait',
      'pressureIoSomeAvg10',
    ] as const;
    for (const name of fromKernel) expect(figures[name]).toMatchObject(reason);
    for (const name of ['rss', 'heapUsed', 'cpuShare'] as const)
      expect(figures[name]).toMatchObject({ kind: 'gauge' });
  });

  it('is not misled by a wall clock that jumps', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0) });
    onTestFinished(() => void vi.useRealTimers());
    const from = performance.now();
    const observation = monitor({ intervalMs: 20 });
    const samples = observation[Symbol.asyncIterator]();
    const before = await samples.next();
    vi.setSystemTime(Date.UTC(2020, 0));
    const after = await samples.next();
    const { duration } = await observation.stop();
    expect(after.value?.time).toBeLessThan(before.value?.time ?? 0);
    expect(after.value?.at).toBeCloseTo((before.value?.at ?? 0) + (after.value?.span ?? 0), 0);
    expect(after.value?.span).toBeGreaterThan(0);
    expect(duration).toBeGreaterThan(0);
    expect(duration).toBeLessThanOrEqual((performance.now() - from) * 1e6);
  });

  it('tells what it costs', async () => {
    const { cost, samples, duration } = await during(() => sleep(100));
    expect(samples).toBeGreaterThan(1);
    expect(cost.perSample.min).toBeLessThanOrEqual(cost.perSample.mean);
    expect(cost.perSample.mean).toBeLessThanOrEqual(cost.perSample.max);
    expect(cost.share).toBeCloseTo((cost.perSample.mean * samples) / duration, 10);
    expect(cost.share).toBeGreaterThan(0);
    expect(cost.share).toBeLessThan(1);
  });

  it('has a summary before its first sample, and the same whoever stops it', async () => {
    const observation = monitor({ intervalMs: 86_400_000 });
    expect(observation.summary().samples).toBe(1);
    expect(gauge(observation.summary(), 'rss').samples).toBe(1);
    const first = observation.stop();
    expect(observation.stop()).toBe(first);
    expect((await first).samples).toBe(2);
  });

  it('does not keep the process alive', async () => {
    const script = 'import { monitor } from "@perf/monitor"; monitor(); console.log("on");';
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('refuses options that mean nothing', () => {
    for (const intervalMs of [0, 9, Number.NaN, Number.POSITIVE_INFINITY, 1e9]) {
      expect(() => monitor({ intervalMs })).toThrow(
        expect.objectContaining({ code: 'monitor/option', seen: intervalMs }),
      );
    }
    for (const maxQueued of [0, 1.5, Number.NaN]) {
      expect(() => monitor({ maxQueued })).toThrow(
        expect.objectContaining({ code: 'monitor/option', seen: maxQueued }),
      );
    }
  });
});
