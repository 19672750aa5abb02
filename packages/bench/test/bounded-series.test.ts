import { describe, expect, it } from 'vitest';
import { BoundedSeries } from '../src/bounded-series.js';
import { bench } from '../src/index.js';
import { sampleBatches } from '../src/sample-batches.js';
import { workloadOf } from '../src/workload.js';
import { metricOf } from './context.js';

describe('samples of very many batches', () => {
  it('stay in order and in bounds, and each stands for as many batches', () => {
    const series = new BoundedSeries(8);
    for (let value = 0; value < 1000; value += 1) series.push(value);
    expect(series.count).toBe(1000);
    expect(series.group).toBe(128);
    expect(series.values).toEqual([63.5, 191.5, 319.5, 447.5, 575.5, 703.5, 831.5]);
  });

  it('are kept as they are while they are few', () => {
    const series = new BoundedSeries(8);
    for (const value of [3, 1, 2]) series.push(value);
    expect([series.values, series.group]).toEqual([[3, 1, 2], 1]);
  });

  it('do not grow with the time that is measured', async () => {
    const workload = await workloadOf(() => 1, undefined);
    const { signal } = new AbortController();
    const options = { batch: 1, timeMs: 1, atLeast: 20_000, signal };
    const { samples, perSample, operations } = await sampleBatches(workload, options);
    expect(operations).toBeGreaterThanOrEqual(20_000);
    expect(samples.length).toBeLessThanOrEqual(4096);
    expect(samples.length * perSample).toBeLessThanOrEqual(operations);
    expect(samples.length * perSample).toBeGreaterThan(operations - perSample);
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
