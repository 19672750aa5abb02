import { describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { metricOf } from './context.js';

const heapOf = async (fn: () => unknown) => (await metricOf(bench(fn), 'heap')).value;

describe('heap per operation', () => {
  it('is 0 for a function that allocates nothing', async () => {
    let count = 0;
    expect(await heapOf(() => (count = (count + 1) & 1023))).toBe(0);
  });

  it('is what an array takes, to the byte', async () => {
    const [small, large] = [await heapOf(() => new Array(10)), await heapOf(() => new Array(110))];
    expect(large - small).toBe(100 * 8);
    expect(small).toBeGreaterThanOrEqual(10 * 8);
  });

  it('is seen through the collections that happen meanwhile', async () => {
    const bytes = 300_000 * 8;
    const measured = await heapOf(() => new Array(300_000).fill(0));
    expect(measured).toBeGreaterThan(bytes * 0.99);
    expect(measured).toBeLessThan(bytes * 1.01);
  });

  it('is the same every time it is measured', async () => {
    const text = JSON.stringify(Array.from({ length: 50 }, (_, index) => ({ index })));
    const values = [];
    for (let round = 0; round < 3; round += 1) values.push(await heapOf(() => JSON.parse(text)));
    expect(Math.max(...values)).toBeLessThan(Math.min(...values) * 1.01);
  });

  it('counts what an asynchronous function allocates', async () => {
    const bytes = await heapOf(async () => new Array(1000));
    expect(bytes).toBeGreaterThan(8000);
    expect(bytes).toBeLessThan(9000);
  });
});
