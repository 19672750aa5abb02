import { readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { context } from './context.js';

describe('amounts that an operation works through', () => {
  it('become so many of a second, also where they follow from the parameters', async () => {
    const probe = bench(({ size }) => new Array(size).fill(0), {
      params: { size: [100, 200] },
      items: ({ size }) => size,
      bytes: 800,
    });
    const measurement = await probe.measure(context({ size: 200 }));
    const { metrics } = readDocument('measurement', JSON.parse(JSON.stringify(measurement)));
    const of = (name: string) => metrics.find((metric) => metric.name === name);
    const throughput = of('throughput')?.value ?? Number.NaN;
    expect(of('items_per_second')).toMatchObject({ unit: '1/s', better: 'higher', judged: false });
    expect(of('items_per_second')?.value).toBeCloseTo(throughput * 200, -3);
    expect(of('bytes_per_second')?.value).toBeCloseTo(throughput * 800, -3);
  });

  it('are not there where nobody stated them', async () => {
    const { metrics } = await bench(() => 1).measure(context());
    expect(metrics.filter(({ name }) => /^(items|bytes)_/.test(name))).toEqual([]);
  });

  it('are refused where nothing can be worked through', async () => {
    for (const items of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5']) {
      // @ts-expect-error one of them is text
      expect(() => bench(() => 1, { items })).toThrow(expect.objectContaining({ code: 'bench/option' }));
    }
    const none = bench(() => 1, { bytes: () => 0 });
    await expect(none.measure(context())).rejects.toMatchObject({ code: 'bench/option' });
  });
});
