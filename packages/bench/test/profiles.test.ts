import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Measurement, readDocument } from '@perf/schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { context } from './context.js';

const fixture = fileURLToPath(new URL('fixtures/profiled.mjs', import.meta.url));
const measured = (index: number): Measurement =>
  readDocument(
    'measurement',
    JSON.parse(execFileSync(process.execPath, [fixture, String(index)], { encoding: 'utf8' })),
  );
const value = (measurement: Measurement, name: string) =>
  measurement.metrics.find((metric) => metric.name === name)?.value;
/** As the first process of a run. */
const first = (changes: object = {}) => ({ ...context(), processIndex: 0, ...changes });

describe('profiles of the first processes of a run', () => {
  let profiled: Measurement;
  beforeAll(() => {
    profiled = measured(1);
  });

  it('give most time to the helper that takes it, by name, file and line', () => {
    const { hotFunctions = [] } = profiled.artifacts;
    expect(hotFunctions[0]).toMatchObject({ function: 'helper', file: fixture, line: 4 });
    expect(hotFunctions[0]?.self).toBeGreaterThan(0.6);
    expect(hotFunctions[0]?.self).toBeLessThan(0.95);
    expect(hotFunctions.find((hot) => hot.function === 'rest')).toMatchObject({ line: 10 });
    expect(hotFunctions.find((hot) => hot.line === 20)?.total).toBeGreaterThan(0.9);
    expect(hotFunctions.filter(({ file }) => /packages\/(bench|monitor)\/(dist|src)/.test(file))).toEqual([]);
  });

  it('give the bytes to the function that allocates, together no more than heap', () => {
    const { allocationSites = [] } = profiled.artifacts;
    expect(allocationSites[0]).toMatchObject({ function: 'list', file: fixture, line: 16 });
    expect(allocationSites[0]?.bytesPerOperation).toBeGreaterThan(200 * 8 * 0.7);
    const together = allocationSites.reduce((sum, { bytesPerOperation }) => sum + bytesPerOperation, 0);
    // Shares are rounded: their sum may be a hair above the whole.
    expect(together).toBeLessThanOrEqual((value(profiled, 'heap') ?? 0) * (1 + 1e-9));
  });

  it('say what the profiler cost, and are not taken in later processes', () => {
    expect(value(profiled, 'overhead_profiling')).toBeGreaterThan(-1);
    const later = measured(2);
    expect(later.artifacts).not.toHaveProperty('hotFunctions');
    expect(value(later, 'overhead_profiling')).toBeUndefined();
    expect(value(later, 'overhead_observation')).toBeGreaterThan(-1);
  });
});

describe('profiling', () => {
  it('comes after all samples, and not at all when the deadline is near', async () => {
    let calls = 0;
    const probe = bench(() => {
      calls += 1;
    });
    const near = await probe.measure(first({ deadline: Date.now() + 500 }));
    expect(near.artifacts).not.toHaveProperty('hotFunctions');
    expect(value(near, 'overhead_profiling')).toBeUndefined();
    expect(calls).toBeGreaterThan(0);
  });

  it('profiles asynchronous and concurrent functions, and names what they call', async () => {
    const spin = () => {
      let sum = 0;
      for (let index = 1; index < 3000; index += 1) sum += Math.sqrt(index);
      return sum;
    };
    const probe = bench(async () => (await Promise.resolve(1)) + spin(), { concurrency: 4 });
    const { artifacts } = await probe.measure(first({ budget: { timeMs: 200, warmupMs: 200, share: 1 } }));
    expect(artifacts.hotFunctions?.[0]).toMatchObject({ function: 'spin' });
  });

  it('spends few calls on a function that is slow', async () => {
    let calls = 0;
    const slow = () => {
      calls += 1;
      return new Promise((resolve) => setTimeout(resolve, 150));
    };
    await bench(slow).measure(first({ budget: { timeMs: 30, warmupMs: 100, share: 1 } }));
    expect(calls).toBeLessThanOrEqual(17);
  });

  it('rejects with what the measured function throws under the profiler, clears up, and can profile again', async () => {
    let tornDown = 0;
    let profiling = false;
    const failing = bench(
      () => {
        if (profiling) throw new RangeError('out of luck');
      },
      {
        setup: () => 1,
        metrics: () => {
          profiling = true;
          return {};
        },
        teardown: () => {
          tornDown += 1;
        },
      },
    );
    await expect(failing.measure(first())).rejects.toThrow(new RangeError('out of luck'));
    expect(tornDown).toBe(1);
    const budget = { timeMs: 200, warmupMs: 200, share: 1 };
    const { artifacts } = await bench(() => new Array(5000).fill(0)).measure(first({ budget }));
    expect(artifacts.allocationSites?.length).toBeGreaterThan(0);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const probe = bench(async () => 1, {
      metrics: () => {
        controller.abort();
        return {};
      },
    });
    await expect(probe.measure(first({ signal: controller.signal }))).rejects.toThrow('aborted');
  });
});
