import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { context, metricOf } from './context.js';

/** Keeps the CPU busy for so long [ms]. */
function spin(ms: number): void {
  for (const until = performance.now() + ms; performance.now() < until; );
}

describe('what runs around each call', () => {
  it('runs once before and once after every call, in turn, with what setup made', async () => {
    const log: string[] = [];
    const probe = bench((input: { n: number }) => log.push(`call ${input.n}`), {
      timeMs: 1,
      warmupMs: 0,
      setup: () => ({ n: 0 }),
      beforeEach: (input) => {
        input.n += 1;
        log.push('before');
      },
      afterEach: async ({ n }) => {
        await sleep(0);
        log.push(`after ${n}`);
      },
    });
    await probe.measure(context());
    // Empty calls are measured with hooks of nothing, so the log holds the measured function's alone.
    expect(log.length % 3).toBe(0);
    for (let i = 0; i < log.length; i += 3) {
      const n = i / 3 + 1;
      expect(log.slice(i, i + 3)).toEqual(['before', `call ${n}`, `after ${n}`]);
    }
  });

  for (const [kind, pause] of [
    ['synchronous', () => spin(0.4)],
    ['asynchronous', () => sleep(2)],
  ] as const) {
    it(`is kept out of the time: ${kind}`, async () => {
      let size = 0;
      const hooks = { beforeEach: pause, afterEach: pause, warmupMs: 0 };
      const time = await metricOf(
        bench(() => (size += 1), hooks),
        'time',
      );
      expect(time.value).toBeLessThan(100_000);
      const waiting = await metricOf(
        bench(() => sleep(10), hooks),
        'time',
      );
      expect(waiting.value).toBeGreaterThan(8e6);
    });
  }

  it('is kept out of the heap', async () => {
    const kept: unknown[] = [];
    const heap = await metricOf(
      bench(() => kept.push(new Array(1000).fill(0)), {
        beforeEach: () => {
          kept.length = 0;
          kept.push(new Array(5000).fill(0));
        },
      }),
      'heap',
    );
    expect(heap.value).toBeGreaterThan(8000);
    expect(heap.value).toBeLessThan(8800);
  });

  it('has the clock in the time, which empty calls show, and warns of it', async () => {
    let n = 0;
    const tiny = await bench(() => (n += 1), { beforeEach: () => undefined }).measure(context());
    const of = (name: string) => tiny.metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    const plain = await metricOf(
      bench(() => (n += 1)),
      'empty_call',
    );
    expect(of('empty_call')).toBeGreaterThan(2 * plain.value);
    expect(tiny.warnings.map(({ code }) => code)).toContain('bench/near-clock');
    const large = await bench(() => spin(0.5), { beforeEach: () => undefined }).measure(context());
    expect(large.warnings.map(({ code }) => code)).not.toContain('bench/near-clock');
  });

  it('cannot be kept out of the time of calls in flight, and is refused', async () => {
    const probe = bench(async () => 1, { concurrency: 2, beforeEach: () => undefined });
    await expect(probe.measure(context())).rejects.toMatchObject({ code: 'bench/concurrent-hooks' });
    // @ts-expect-error not a function
    expect(() => bench(() => 1, { beforeBatch: 7 })).toThrow(
      expect.objectContaining({ code: 'bench/option' }),
    );
  });
});

describe('what runs around each batch', () => {
  it('runs once before and once after many calls, also while several are in flight', async () => {
    for (const concurrency of [1, 4]) {
      const calls: number[] = [];
      let inside = false;
      let count = 0;
      const probe = bench(
        async () => {
          expect(inside).toBe(true);
          count += 1;
        },
        {
          concurrency,
          timeMs: 5,
          warmupMs: 60,
          beforeBatch: async () => {
            await sleep(1);
            inside = true;
            count = 0;
          },
          afterBatch: () => {
            inside = false;
            calls.push(count);
          },
        },
      );
      await probe.measure(context());
      expect(calls.length).toBeGreaterThan(5);
      expect(Math.max(...calls)).toBeGreaterThan(concurrency);
      expect(calls.every((n) => n === 1 || n % concurrency === 0)).toBe(true);
    }
  });

  it('is kept out of the time', async () => {
    let n = 0;
    const time = await metricOf(
      bench(() => (n += 1), { beforeBatch: () => sleep(2), afterBatch: () => spin(1) }),
      'time',
    );
    expect(time.value).toBeLessThan(1000);
  });

  it('fails the measurement when it throws, and what was set up is torn down', async () => {
    let tornDown = 0;
    const probe = bench(() => 1, {
      setup: () => 1,
      beforeBatch: () => {
        throw new RangeError('no batch');
      },
      teardown: () => {
        tornDown += 1;
      },
    });
    await expect(probe.measure(context())).rejects.toThrow(new RangeError('no batch'));
    expect(tornDown).toBe(1);
  });
});
