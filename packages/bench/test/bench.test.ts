import { paramPoints, readDocument } from '@perf/schema';
import { median } from '@perf/stats';
import { describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { context, metricOf } from './context.js';

describe('bench', () => {
  it('gives a measurement that any reader accepts, with its place in the run', async () => {
    const measurement = await bench(() => 1).measure(context());
    expect(readDocument('measurement', JSON.parse(JSON.stringify(measurement)))).toEqual(measurement);
    expect(measurement).toMatchObject({ status: 'ok', process: { index: 2, pid: process.pid }, seed: 11 });
    expect(measurement.metrics.map(({ name, judged }) => [name, judged])).toEqual([
      ['time', true],
      ['heap', true],
      ['cpu', false],
      ['gc', false],
      ['throughput', false],
      ['empty_call', false],
      ['empty_await', false],
      ['reference', false],
      ['time_normalised', false],
      ['overhead_observation', false],
    ]);
    expect(measurement.resources.cpuUser).toMatchObject({ value: expect.any(Number) });
  });

  it('gives the operations of a second from the mean of all samples', async () => {
    const { metrics } = await bench(() => 1).measure(context());
    const of = (name: string) => metrics.find((metric) => metric.name === name);
    const samples = of('time')?.samples ?? [];
    const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
    expect(of('throughput')).toMatchObject({ unit: '1/s', better: 'higher' });
    expect((of('throughput')?.value ?? 0) * mean).toBeCloseTo(1e9, 0);
  });

  it('keeps its samples in time order', async () => {
    let calls = 0;
    const slowing = bench(
      () => {
        calls += 1;
        const until = process.hrtime.bigint() + BigInt(calls) * 20_000n;
        while (process.hrtime.bigint() < until);
      },
      { timeMs: 200, warmupMs: 1 },
    );
    const { samples = [] } = await metricOf(slowing, 'time');
    const third = Math.floor(samples.length / 3);
    expect(third).toBeGreaterThan(1);
    expect(median(samples.slice(0, third))).toBeLessThan(median(samples.slice(-third)));
  });

  it('takes batches of a power of two, long for a fast function and single for a slow one', async () => {
    const fast = await metricOf(
      bench(() => 1),
      'time',
    );
    expect(Math.log2(fast.batch ?? 0) % 1).toBe(0);
    expect(fast.batch).toBeGreaterThan(1000);
    const slow = bench(() => {
      const until = process.hrtime.bigint() + 2_000_000n;
      while (process.hrtime.bigint() < until);
    });
    expect((await metricOf(slow, 'time')).batch).toBe(1);
  });

  it('awaits promises and whatever else has a then', async () => {
    for (const fn of [
      () => new Promise((resolve) => setTimeout(resolve, 5)),
      // biome-ignore lint/suspicious/noThenProperty: a thenable that is no promise is what is tested.
      () => ({ then: (resolve: () => void) => setTimeout(resolve, 5) }),
    ]) {
      expect((await metricOf(bench(fn, { warmupMs: 0 }), 'time')).value).toBeGreaterThan(3e6);
    }
  });

  it('keeps as many calls in flight as asked, and gives time per operation', async () => {
    let inFlight = 0;
    let most = 0;
    const wait = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setTimeout(resolve, 10));
      inFlight -= 1;
    };
    const one = await metricOf(bench(wait, { warmupMs: 0 }), 'time');
    const eight = await metricOf(bench(wait, { warmupMs: 0, concurrency: 8 }), 'time');
    expect(most).toBe(8);
    expect(eight.value).toBeLessThan(one.value / 2);
  });

  it('gives the measured function what setup made, once a process, and clears up after it', async () => {
    const log: string[] = [];
    const probe = bench((input: { size: number }) => log.length + input.size, {
      params: { size: [3, 4] },
      setup: async ({ size }) => {
        log.push(`setup ${size}`);
        return { size };
      },
      teardown: (input) => {
        log.push(`teardown ${input.size}`);
      },
    });
    expect(paramPoints(probe.params)).toEqual([{ size: 3 }, { size: 4 }]);
    const measurement = await probe.measure(context({ size: 4 }));
    expect(log).toEqual(['setup 4', 'teardown 4']);
    expect(measurement.probe.params).toEqual({ size: 4 });
  });

  it('gives the parameters themselves where there is no setup', async () => {
    const seen = new Set<number>();
    const probe = bench(({ size }) => seen.add(size), { params: { size: [3] } });
    await probe.measure(context({ size: 3 }));
    expect([...seen]).toEqual([3]);
  });

  it('rejects with what the measured function throws, and clears up all the same', async () => {
    let tornDown = 0;
    const countTeardown = () => {
      tornDown += 1;
    };
    const probe = bench(
      () => {
        throw new RangeError('out of luck');
      },
      { setup: () => 1, teardown: countTeardown },
    );
    await expect(probe.measure(context())).rejects.toThrow(new RangeError('out of luck'));
    expect(tornDown).toBe(1);
  });

  it('says so when there are few samples', async () => {
    const slow = bench(() => new Promise((resolve) => setTimeout(resolve, 20)), { warmupMs: 0 });
    const { warnings } = await slow.measure(context());
    expect(warnings.map(({ code }) => code)).toContain('bench/few-samples');
  });

  it('spends few calls on a function that is slow', async () => {
    let calls = 0;
    const slow = () => {
      calls += 1;
      return new Promise((resolve) => setTimeout(resolve, 150));
    };
    await bench(slow).measure({ ...context(), budget: { timeMs: 30, warmupMs: 100, share: 1 } });
    expect(calls).toBeLessThanOrEqual(13);
  });

  it('stops when it is told to, and clears up', async () => {
    const controller = new AbortController();
    let tornDown = 0;
    const probe = bench(() => 1, {
      timeMs: 60_000,
      setup: () => setTimeout(() => controller.abort(), 50),
      teardown: () => {
        tornDown += 1;
      },
    });
    const waiting = bench(async () => new Promise(setImmediate), { timeMs: 60_000, warmupMs: 1 });
    setTimeout(() => controller.abort(), 50);
    await expect(waiting.measure({ ...context(), signal: controller.signal })).rejects.toThrow('aborted');
    await expect(probe.measure({ ...context(), signal: controller.signal })).rejects.toThrow('aborted');
    expect(tornDown).toBe(1);
  });

  it('refuses what it cannot measure', async () => {
    // @ts-expect-error not a function
    expect(() => bench('fast')).toThrow(expect.objectContaining({ code: 'bench/not-a-function' }));
    for (const options of [
      { concurrency: 0 },
      { concurrency: 1.5 },
      { timeMs: 0 },
      { deadlineMs: -1 },
      { warmupMs: Number.NaN },
    ]) {
      expect(() => bench(() => 1, options)).toThrow(expect.objectContaining({ code: 'bench/option' }));
    }
    await expect(bench(() => 1, { concurrency: 2 }).measure(context())).rejects.toMatchObject({
      code: 'bench/sync-concurrency',
    });
  });
});
