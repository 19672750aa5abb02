import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { record } from '../src/index.js';
import { Points } from '../src/recording/points.js';
import { timelineOf } from './timeline.js';

const onLinux = process.platform === 'linux';

function busy(ms: number): void {
  const until = process.hrtime.bigint() + BigInt(ms * 1e6);
  while (process.hrtime.bigint() < until);
}

async function started(script: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  if (child.stdout === null) throw new Error('no stdout');
  await once(child.stdout, 'data');
  return child;
}

describe('record', () => {
  it('gives this process over time, with the worst delay of the event loop in each interval', async () => {
    const recording = record({ everyMs: 20 });
    await sleep(60);
    busy(120);
    await sleep(60);
    const { at, ...timeline } = timelineOf(recording.stop());
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at.length).toBeGreaterThanOrEqual(3);
    expect(timeline.names).toEqual(['cpu', 'rss', 'heapUsed', 'external', 'eventLoopDelay']);
    expect(Math.max(...timeline.read('process', 'eventLoopDelay'))).toBeGreaterThanOrEqual(99e6);
    expect(Math.max(...timeline.read('process', 'cpu'))).toBeGreaterThan(0.1);
    expect(Math.min(...timeline.read('process', 'rss'))).toBeGreaterThan(1e6);
  });

  it('tells the latest figures while it goes on, and nothing before the first reading', async () => {
    const recording = record({ everyMs: 10 });
    expect(recording.latest()).toEqual({});
    await sleep(40);
    expect(recording.latest().rss).toMatchObject({ unit: 'bytes', value: expect.any(Number) });
    expect(recording.stop()).toBe(recording.stop());
  });

  it('is never empty, and sees a block that lasted to the end', () => {
    const recording = record({ everyMs: 1000 });
    busy(40);
    const timeline = timelineOf(recording.stop());
    expect(timeline.at).toHaveLength(1);
    expect(timeline.read('process', 'eventLoopDelay')[0]).toBeGreaterThanOrEqual(19e6);
  });

  it.runIf(onLinux)('observes another process, and survives its end', async () => {
    const child = await started(
      'console.log(1); setInterval(() => { const t = Date.now() + 40; while (Date.now() < t); }, 45)',
    );
    const recording = record({ everyMs: 50, targetPid: child.pid ?? 0 });
    await sleep(400);
    expect(recording.latest()['target rss']?.value).toBeGreaterThan(1e6);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await sleep(120);
    expect(recording.latest()).not.toHaveProperty('target rss');
    const timeline = timelineOf(recording.stop());
    for (const name of ['cpu', 'rss', 'fds']) {
      expect(timeline.values('target', name).at(-1)).toBeNull();
      expect(Math.max(...timeline.read('target', name))).toBeGreaterThan(0.05);
    }
  });

  it.runIf(onLinux)('has nulls for a process that there is not', () => {
    const timeline = timelineOf(record({ targetPid: 2 ** 30 }).stop());
    for (const name of ['cpu', 'rss', 'fds']) expect(timeline.values('target', name)).toEqual([null]);
  });

  it('does not keep the process alive', async () => {
    const child = spawn(
      process.execPath,
      ['--input-type=module', '-e', 'import { record } from "@perf/monitor"; record(); console.log("on");'],
      { cwd: import.meta.dirname, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('refuses options that mean nothing', () => {
    for (const everyMs of [0, Number.NaN, Number.POSITIVE_INFINITY, 1e9]) {
      expect(() => record({ everyMs })).toThrow(expect.objectContaining({ code: 'monitor/option' }));
    }
    for (const targetPid of [0, -1, 1.5, Number.NaN]) {
      expect(() => record({ targetPid })).toThrow(expect.objectContaining({ code: 'monitor/option' }));
    }
  });
});

describe('points of a timeline', () => {
  const series = (['mean', 'max', 'last'] as const).map(
    (thin) => ({ name: thin, unit: 'count', scope: 'process', thin }) as const,
  );

  it('stay below a bound however long it lasts, with means, greatest and last values kept', () => {
    const points = new Points(series);
    const readings = 100_003;
    for (let index = 1; index <= readings; index += 1) {
      const spike = index === 777 ? 50 : 1;
      points.add(index * 1000, [index % 2, spike, index]);
    }
    const timeline = timelineOf(points.timeline());
    expect(timeline.at.length).toBeLessThan(2400);
    expect(timeline.at.length).toBeGreaterThan(1000);
    expect(timeline.at.at(-1)).toBe(readings * 1000);
    const gaps = timeline.at.map((at, index) => at - (timeline.at[index - 1] ?? 0));
    expect(new Set(gaps.slice(0, -1)).size).toBe(1);
    for (const mean of timeline.read('process', 'mean').slice(0, -1)) expect(mean).toBeCloseTo(0.5, 10);
    expect(timeline.read('process', 'max').filter((value) => value === 50)).toHaveLength(1);
    expect(timeline.read('process', 'last')).toEqual(timeline.at.map((at) => at / 1000));
  });

  it('take what there is where a neighbour could not be read, and the end of a target where it ended', () => {
    const points = new Points(series);
    for (let index = 1; index <= 2400; index += 1) {
      points.add(index, index % 2 === 0 ? [null, null, null] : [4, 5, 6]);
    }
    const timeline = timelineOf(points.timeline());
    expect(timeline.at).toHaveLength(1200);
    expect(new Set(timeline.values('process', 'mean'))).toEqual(new Set([4]));
    expect(new Set(timeline.values('process', 'max'))).toEqual(new Set([5]));
    expect(new Set(timeline.values('process', 'last'))).toEqual(new Set([null]));
  });
});
