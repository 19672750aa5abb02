import { type CustomMetrics, readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { context } from './context.js';

const rate = { value: 0.93, unit: 'ratio', better: 'higher' } as const;
const measure = (metrics: unknown) =>
  bench(() => 1, { metrics: () => metrics as CustomMetrics }).measure(context());

describe('the option metrics', () => {
  it('adds figures of the measured code, taken once before it is torn down', async () => {
    const log: string[] = [];
    const probe = bench((cache: Map<string, number>) => cache.get('k'), {
      setup: () => new Map([['k', 1]]),
      metrics: async (cache) => {
        log.push(`metrics ${cache.size}`);
        return {
          hit_rate: rate,
          entries: { value: cache.size, unit: 'count', better: 'lower', judged: true },
        };
      },
      teardown: () => {
        log.push('teardown');
      },
    });
    const measurement = await probe.measure(context());
    expect(log).toEqual(['metrics 1', 'teardown']);
    expect(readDocument('measurement', JSON.parse(JSON.stringify(measurement))).metrics.slice(-2)).toEqual([
      { name: 'hit_rate', ...rate, judged: false },
      { name: 'entries', unit: 'count', better: 'lower', value: 1, judged: true },
    ]);
  });

  it('gets the parameters where there is no setup', async () => {
    const probe = bench(({ size }) => size, {
      params: { size: [3] },
      metrics: ({ size }) => ({ size: { value: size, unit: 'count', better: 'lower' } }),
    });
    const { metrics } = await probe.measure(context({ size: 3 }));
    expect(metrics.at(-1)).toMatchObject({ name: 'size', value: 3 });
  });

  it('refuses what no document can hold, and names that are taken', async () => {
    const refused = [
      undefined,
      null,
      7,
      { rate: undefined },
      { rate: null },
      { rate: { ...rate, value: Number.NaN } },
      { rate: { ...rate, value: Number.POSITIVE_INFINITY } },
      { rate: { ...rate, value: '1' } },
      { rate: { ...rate, unit: 'ms' } },
      { rate: { ...rate, better: 'faster' } },
      { ' ': rate },
      { ['n'.repeat(501)]: rate },
      { time: rate },
      { overhead_profiling: rate },
    ];
    for (const metrics of refused) {
      await expect(measure(metrics)).rejects.toMatchObject({
        code: 'bench/metric',
        remedy: expect.any(String),
      });
    }
    // @ts-expect-error not a function
    expect(() => bench(() => 1, { metrics: rate })).toThrow(
      expect.objectContaining({ code: 'bench/option' }),
    );
  });

  it('fails the measurement when it throws', async () => {
    const probe = bench(() => 1, {
      metrics: () => {
        throw new RangeError('no figures');
      },
    });
    await expect(probe.measure(context())).rejects.toThrow(new RangeError('no figures'));
  });
});
