import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Resources, watch } from '../src/index.js';

const onLinux = process.platform === 'linux';

async function during(work: () => unknown): Promise<Resources> {
  const observation = watch();
  await work();
  return await observation.stop();
}

function figure(resources: Resources, name: string): number {
  const resource = resources[name];
  if (resource === undefined || !('value' in resource)) throw new Error(`${name} was not read`);
  return resource.value;
}

describe('watch', () => {
  it('counts the CPU time of work and not of waiting', async () => {
    const waiting = await during(() => sleep(50));
    const working = await during(() => {
      const until = process.cpuUsage().user + 50_000;
      while (process.cpuUsage().user < until);
    });
    expect(figure(working, 'cpuUser')).toBeGreaterThanOrEqual(50e6);
    expect(figure(working, 'cpuShare')).toBeGreaterThan(figure(waiting, 'cpuShare'));
  });

  it('counts pauses of the collector, also when the loop was blocked all along', async () => {
    const resources = await during(() => {
      let kept: unknown[] = [];
      for (let index = 0; index < 3_000_000; index += 1) {
        kept.push({ index });
        if (kept.length === 100_000) kept = [];
      }
    });
    expect(figure(resources, 'gcMinor') + figure(resources, 'gcMajor')).toBeGreaterThan(0);
    expect(figure(resources, 'gcTime')).toBeGreaterThanOrEqual(figure(resources, 'gcLongest'));
    expect(figure(resources, 'gcLongest')).toBeGreaterThan(0);
  });

  it('says that it has no delay when the loop never turned, rather than 0', async () => {
    const resources = await during(() => undefined);
    expect(resources.eventLoopDelayMax).toMatchObject({
      unavailable: expect.stringContaining('did not turn'),
    });
  });

  it('sees how long the loop was blocked', async () => {
    const resources = await during(async () => {
      await sleep(60);
      const until = process.hrtime.bigint() + 100_000_000n;
      while (process.hrtime.bigint() < until);
      await sleep(60);
    });
    expect(figure(resources, 'eventLoopDelayMax')).toBeGreaterThanOrEqual(75e6);
    expect(figure(resources, 'eventLoopUtilization')).toBeGreaterThan(0);
  });

  it('gives memory as it is when it ends, and a peak that is no lower than RSS was', async () => {
    const resources = await during(() => undefined);
    expect(figure(resources, 'heapUsed')).toBeGreaterThan(1e6);
    expect(figure(resources, 'rss')).toBeGreaterThan(figure(resources, 'heapUsed'));
    expect(figure(resources, 'rssPeak')).toBeGreaterThan(1e6);
  });

  it.runIf(onLinux)('counts what is written to storage', async () => {
    const file = join(tmpdir(), `perfkit-monitor-${process.pid}`);
    onTestFinished(async () => (await import('node:fs')).rmSync(file, { force: true }));
    const resources = await during(() => writeFileSync(file, Buffer.alloc(1 << 20), { flush: true }));
    expect(resources.fsWrite).toMatchObject({ unit: 'bytes', scope: 'process' });
  });

  it('gives every figure a value or a reason, never both and never a bare 0 in place of a reason', async () => {
    for (const resource of Object.values(await during(() => undefined))) {
      if ('value' in resource) expect(Number.isFinite(resource.value)).toBe(true);
      else expect(resource.unavailable).not.toBe('');
    }
  });
});
