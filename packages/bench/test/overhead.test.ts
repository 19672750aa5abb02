import { describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { excessTime } from '../src/overhead.js';
import { context } from './context.js';

const { signal } = new AbortController();

describe('the time that one way takes more than another', () => {
  it('is seen through drift, in turning order', async () => {
    let clock = 0;
    const order: string[] = [];
    const block = (name: string, cost: number) => async () => {
      order.push(name);
      clock += 1;
      return cost * (1 + clock * 0.001);
    };
    const excess = await excessTime(12, { plain: block('p', 100), other: block('o', 103) }, signal);
    expect(order.slice(0, 8).join('')).toBe('pooppoop');
    expect(excess).toBeCloseTo(0.03, 3);
  });

  it('is not led astray by single disturbed blocks', async () => {
    const times = [100, 100, 900, 100, 100, 100, 100, 100, 100, 100];
    const next = async () => times.shift() ?? Number.NaN;
    expect(await excessTime(5, { plain: next, other: next }, signal)).toBe(0);
  });

  it('is unknown when the clock saw no time at all', async () => {
    const none = async () => 0;
    expect(await excessTime(4, { plain: none, other: none }, signal)).toBeNaN();
  });

  it('is not measured for functions so slow that too few blocks fit', async () => {
    const slow = bench(() => new Promise((resolve) => setTimeout(resolve, 20)), { warmupMs: 0 });
    const { metrics } = await slow.measure(context());
    expect(metrics.map(({ name }) => name)).not.toContain('overhead_observation');
  });
});
