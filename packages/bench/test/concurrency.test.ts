import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { sampleBatches } from '../src/sample-batches.js';
import { workloadOf } from '../src/workload.js';
import { context } from './context.js';

const { signal } = new AbortController();

describe('calls in flight at once', () => {
  it('stay so many from the first to the last, however unlike their lengths are', async () => {
    let inFlight = 0;
    let call = 0;
    const seen: number[] = [];
    const unlike = async () => {
      inFlight += 1;
      seen.push(inFlight);
      call += 1;
      await sleep(call % 5 === 0 ? 25 : 2);
      inFlight -= 1;
    };
    const workload = await workloadOf(unlike, undefined, { concurrency: 4 });
    seen.length = 0;
    const { operations } = await sampleBatches(workload, { batch: 1, timeMs: 200, atLeast: 5, signal });
    expect(seen.slice(0, 4)).toEqual([1, 2, 3, 4]);
    // Each later call starts when another has ended, and before any other ends: there are four again.
    expect(seen.slice(4).every((count) => count === 4)).toBe(true);
    expect(operations).toBeGreaterThanOrEqual(20);
    expect(inFlight).toBe(0);
  });

  it('end with the first that fails, and nothing is begun after it', async () => {
    let calls = 0;
    let failedAt = 0;
    const failing = async () => {
      calls += 1;
      await sleep(1);
      if (calls < 40 || failedAt > 0) return;
      failedAt = calls;
      throw new RangeError('enough');
    };
    await expect(bench(failing, { concurrency: 3 }).measure(context())).rejects.toThrow('enough');
    const then = calls;
    await sleep(20);
    expect(calls).toBe(then);
    expect(calls - failedAt).toBeLessThanOrEqual(3);
  });
});
