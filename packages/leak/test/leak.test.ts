import { paramPoints, readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { leak } from '../src/index.js';
import { context } from './context.js';

const few = { iterations: 2, blocks: 6, warmup: 0, snapshots: false } as const;

describe('leak', () => {
  it('gives a measurement that any reader accepts, with growth by resource', async () => {
    const measurement = await leak(() => 1, few).measure(context());
    expect(readDocument('measurement', JSON.parse(JSON.stringify(measurement)))).toEqual(measurement);
    expect(measurement).toMatchObject({ status: 'ok', process: { index: 2, pid: process.pid }, seed: 11 });
    expect(measurement.metrics.map(({ name, unit, judged }) => [name, unit, judged])).toEqual([
      ['heap_growth', 'bytes', false],
      ['external_growth', 'bytes', false],
      ['rss_growth', 'bytes', false],
      ['fd_growth', 'count', false],
      ['handle_growth', 'count', false],
    ]);
    expect(measurement.artifacts.growth?.iterations).toEqual([0, 2, 4, 6, 8, 10, 12]);
    expect(measurement.artifacts.growth?.readings.heap).toHaveLength(7);
  });

  it('runs the blocks that were asked for, each with its iterations, after the warm-up', async () => {
    let calls = 0;
    const counted = leak(() => ++calls, { iterations: 5, blocks: 7, warmup: 13, snapshots: false });
    await counted.measure(context());
    expect(calls).toBe(13 + 5 * 7);
  });

  it('gives the function what setup made, awaits it, and clears up', async () => {
    const log: string[] = [];
    const blocks: string[] = [];
    const probe = leak(async (size: number) => size, {
      ...few,
      params: { size: [3, 4] },
      setup: ({ size }) => log.push(`setup ${size}`),
      beforeBlock: () => {
        blocks.push('before');
      },
      afterBlock: async () => {
        await Promise.resolve();
        blocks.push('after');
      },
      teardown: () => {
        log.push('teardown');
      },
    });
    expect(paramPoints(probe.params)).toEqual([{ size: 3 }, { size: 4 }]);
    await probe.measure(context({ size: 4 }));
    expect(log).toEqual(['setup 4', 'teardown']);
    expect(blocks).toEqual(Array.from({ length: 6 }, () => ['before', 'after']).flat());
  });

  it('runs so many iterations at once, and all of them', async () => {
    let calls = 0;
    let inFlight = 0;
    let most = 0;
    const probe = leak(
      async () => {
        calls += 1;
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise((resolve) => setTimeout(resolve, 1));
        inFlight -= 1;
      },
      { iterations: 10, blocks: 6, warmup: 0, snapshots: false, concurrency: 4 },
    );
    await probe.measure(context());
    expect([calls, most]).toEqual([60, 4]);
  });

  it('rejects with what the function throws, and clears up all the same', async () => {
    let tornDown = 0;
    const probe = leak(() => Promise.reject(new RangeError('out of luck')), {
      setup: () => 1,
      teardown: () => {
        tornDown += 1;
      },
    });
    await expect(probe.measure(context())).rejects.toThrow(new RangeError('out of luck'));
    expect(tornDown).toBe(1);
  });

  it('stops when it is told to, also in the middle of a block', async () => {
    const controller = new AbortController();
    const endless = leak(() => setTimeout(() => controller.abort(), 5), { iterations: 1e9 });
    await expect(endless.measure({ ...context(), signal: controller.signal })).rejects.toThrow('aborted');
    await expect(leak(() => 1).measure({ ...context(), signal: AbortSignal.abort() })).rejects.toThrow(
      'aborted',
    );
  });

  it('ends before its deadline, and says that blocks are few', async () => {
    const slow = leak(() => new Promise((resolve) => setTimeout(resolve, 100)), {
      iterations: 50,
      blocks: 6,
    });
    const { warnings, findings, status } = await slow.measure({ ...context(), deadline: Date.now() + 1500 });
    expect(status).toBe('ok');
    expect(warnings.map(({ code }) => code)).toContain('leak/few-blocks');
    expect(findings.every((finding) => 'verdict' in finding && finding.verdict === 'undecided')).toBe(true);
  });

  it('compares snapshots on demand, and finds nothing of the function in what grew when it keeps nothing', async () => {
    class Passing {}
    const { artifacts } = await leak(() => new Passing(), {
      ...few,
      snapshots: true,
      iterations: 50,
    }).measure(context());
    expect(artifacts.growth?.constructors).toBeInstanceOf(Array);
    expect(artifacts.growth?.constructors?.map(({ name }) => name)).not.toContain('Passing');
  });

  it('refuses what it cannot measure', () => {
    // @ts-expect-error not a function
    expect(() => leak('text')).toThrow(expect.objectContaining({ code: 'leak/not-a-function' }));
    for (const options of [
      { iterations: 0 },
      { iterations: Number.NaN },
      { blocks: 5 },
      { warmup: -1 },
      { concurrency: 0 },
      { budget: 0 },
      { allow: [''] },
      { floorBytes: 0 },
      { floorBytes: Number.POSITIVE_INFINITY },
      { deadlineMs: -1 },
    ]) {
      expect(() => leak(() => 1, options)).toThrow(expect.objectContaining({ code: 'leak/option' }));
    }
  });
});
