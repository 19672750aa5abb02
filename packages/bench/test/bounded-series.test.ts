import { describe, expect, it } from 'vitest';
import { BoundedSeries } from '../src/bounded-series.js';
import { bench } from '../src/index.js';
import { sampleBatches } from '../src/sample-batches.js';
import { workloadOf } from '../src/workload.js';
import { metricOf } from './context.js';

describe('samples of very many batches', () => {
  it('stay in order and in bounds, evenly spread over all of them', () => {
    const series = new BoundedSeries(8);
    for (let value = 0; value < 1000; value += 1) series.push(value);
    expect(series.count).toBe(1000);
    expect(series.stride).toBe(128);
    expect(series.values).toEqual([0, 128, 256, 384, 512, 640, 768, 896]);
  });

  it('are never more than asked for, and cover everything, however many came', () => {
    for (let count = 1; count <= 200; count += 1) {
      const series = new BoundedSeries(8);
      for (let value = 0; value < count; value += 1) series.push(value);
      expect(series.values.length).toBeLessThanOrEqual(8);
      expect(series.values).toEqual(
        Array.from({ length: Math.ceil(count / series.stride) }, (_, i) => i * series.stride),
      );
      expect(series.values.length).toBeGreaterThan(count > 8 ? 3 : count - 1);
    }
  });

  it('do not grow with the time that is measured', async () => {
    const workload = await workloadOf(() => 1, undefined);
    const { signal } = new AbortController();
    const options = { batch: 1, timeMs: 1, atLeast: 20_000, signal };
    const { samples, perSample, operations } = await sampleBatches(workload, options);
    expect(operations).toBeGreaterThanOrEqual(20_000);
    expect(samples.length).toBeLessThanOrEqual(4096);
    expect(samples.length).toBeGreaterThan(2000);
    expect(perSample).toBe(1);
  });

  it('say in the measurement how many operations each of them is the mean of', async () => {
    const { samples = [], batch = 0 } = await metricOf(
      bench(() => 1),
      'time',
    );
    expect(samples.length).toBeLessThanOrEqual(4096);
    expect(batch).toBeGreaterThan(1);
  });
});
