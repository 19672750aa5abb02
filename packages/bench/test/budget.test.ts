import { describe, expect, it } from 'vitest';
import { timesOf } from '../src/budget.js';

const budget = { timeMs: 300, warmupMs: 500, share: 0.25 };

describe('times of a benchmark', () => {
  it("are the run's where the benchmark has none, as they are", () => {
    expect(timesOf({}, budget)).toEqual({ timeMs: 300, warmupMs: 500 });
  });

  it("are the run's share of the benchmark's own, but enough to mean something", () => {
    expect(timesOf({ timeMs: 2000, warmupMs: 300 }, budget)).toEqual({ timeMs: 500, warmupMs: 100 });
    expect(timesOf({ timeMs: 40, warmupMs: 0 }, budget)).toEqual({ timeMs: 40, warmupMs: 0 });
    expect(timesOf({ timeMs: 2000 }, { ...budget, share: 1 })).toEqual({ timeMs: 2000, warmupMs: 500 });
  });
});
