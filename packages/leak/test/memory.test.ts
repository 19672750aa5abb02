import { readDocument } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { memory } from '../src/index.js';
import { context } from './context.js';

function thousandNumbers(): number[] {
  return new Array(1000).fill(1.5);
}

describe('memory', () => {
  it('says what an operation allocates, and where', async () => {
    const measurement = await memory(thousandNumbers, { timeMs: 400 }).measure(context());
    expect(readDocument('measurement', JSON.parse(JSON.stringify(measurement)))).toEqual(measurement);
    const [heap] = measurement.metrics;
    expect(heap).toMatchObject({ name: 'heap', unit: 'bytes', judged: true, resolution: 16 });
    expect(heap?.value).toBeGreaterThan(8000);
    expect(heap?.value).toBeLessThan(17_000);
    const [site] = measurement.artifacts.allocationSites ?? [];
    expect(site).toMatchObject({ function: 'thousandNumbers', line: expect.any(Number) });
    expect(site?.file).toMatch(/memory\.test\.ts$/);
    expect(site?.share).toBeGreaterThan(0.5);
  });

  it('gives nothing to a function that allocates nothing', async () => {
    const { metrics } = await memory(() => 1, { timeMs: 100 }).measure(context());
    expect(metrics[0]?.value).toBeLessThan(16);
    expect(metrics.map(({ name }) => name)).toEqual(['heap', 'heap_peak', 'rss_peak']);
  });

  it('rejects with what the function throws, and clears up', async () => {
    let tornDown = 0;
    const probe = memory(() => JSON.parse('{'), {
      setup: () => 1,
      teardown: () => {
        tornDown += 1;
      },
    });
    await expect(probe.measure(context())).rejects.toThrow(SyntaxError);
    expect(tornDown).toBe(1);
  });

  it('refuses what it cannot measure', () => {
    // @ts-expect-error not a function
    expect(() => memory(1)).toThrow(expect.objectContaining({ code: 'leak/not-a-function' }));
    for (const options of [{ timeMs: 0 }, { top: 0.5 }, { deadlineMs: Number.NaN }]) {
      expect(() => memory(() => 1, options)).toThrow(expect.objectContaining({ code: 'leak/option' }));
    }
  });
});
