import type { WarmUpClass } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { warmUpOf } from '../src/index.js';
import { seededRandom } from '../src/seeded-random.js';
import { meanAndVarianceStretches } from '../src/warm-up/mean-and-variance.js';
import { warmUpsOf } from '../src/warm-up/warm-ups-of.js';
import { withoutOutliers } from '../src/warm-up/without-outliers.js';
import { probeOf, runOf, timesOf } from './run-of.js';

/** Times around levels, each for so many batches, with noise of 2 %. */
function series(seed: number, ...levels: readonly (readonly [level: number, count: number])[]): number[] {
  const random = seededRandom(seed);
  return levels.flatMap(([level, count]) =>
    Array.from({ length: count }, () => level * Math.exp(0.02 * normal(random))),
  );
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const classOf = (times: readonly number[]) => warmUpOf(times)?.class;

describe('how a process warmed up', () => {
  it('is flat where one speed lasts, and nearly never called anything else', () => {
    const seeds = Array.from({ length: 60 }, (_, seed) => seed + 1);
    const called = seeds.filter((seed) => classOf(series(seed, [100, 400])) !== 'flat');
    expect(called.length).toBeLessThanOrEqual(1);
  });

  it('is a warm-up where what came before the last speed was slower', () => {
    const found = warmUpOf(series(1, [900, 20], [140, 80], [100, 300]));
    expect(found).toMatchObject({ class: 'warm-up' });
    expect(found?.steadyFrom).toBeGreaterThanOrEqual(98);
    expect(found?.steadyFrom).toBeLessThanOrEqual(102);
    expect(found?.segments.map(({ level }) => Math.round(level / 10))).toEqual([90, 14, 10]);
    expect(found?.segments.at(-1)?.to).toBe(399);
  });

  it('is a slow-down where something before the last speed was faster', () => {
    expect(classOf(series(2, [300, 30], [80, 100], [100, 300]))).toBe('slow-down');
  });

  it('has no steady state where the speed changes in the last quarter', () => {
    const found = warmUpOf(series(3, [100, 330], [130, 70]));
    expect(found).toMatchObject({ class: 'no-steady-state' });
    expect(found).not.toHaveProperty('steadyFrom');
    expect(classOf(series(3, [100, 250], [80, 150]))).toBe('warm-up');
  });

  it('does not take changes within 5 % for other speeds', () => {
    expect(classOf(series(4, [100, 200], [103, 200]))).toBe('flat');
    expect(classOf(series(4, [100, 200], [92, 200]))).toBe('warm-up');
  });

  it('is not decided by single batches that were disturbed', () => {
    const disturbed = series(5, [100, 400]).map((time, i) => (i > 40 && i % 23 === 22 ? time * 40 : time));
    const found = warmUpOf(disturbed);
    expect(found).toMatchObject({ class: 'flat' });
    expect(found?.outliers).toBeGreaterThanOrEqual(15);
  });

  it('is the same in every unit', () => {
    const times = series(6, [300, 50], [100, 300]);
    const scaled = warmUpOf(times.map((time) => time * 1e6));
    expect(scaled?.segments.map(({ from, to }) => [from, to])).toEqual(
      warmUpOf(times)?.segments.map(({ from, to }) => [from, to]),
    );
  });

  it('is found in long series as in short ones, at the right batch', () => {
    const found = warmUpOf(series(7, [200, 900], [100, 3000]));
    expect(found).toMatchObject({ class: 'warm-up' });
    expect(Math.abs((found?.steadyFrom ?? 0) - 900)).toBeLessThanOrEqual(24);
  });

  it('is not said of few batches, and refuses times that are none', () => {
    expect(warmUpOf(series(8, [100, 19]))).toBeUndefined();
    expect(() => warmUpOf([])).toThrow(expect.objectContaining({ code: 'stats/too-few' }));
    expect(() => warmUpOf([1, 0])).toThrow(expect.objectContaining({ code: 'stats/not-positive' }));
  });
});

describe('stretches of one mean and variance', () => {
  it('are those of the cheapest of all cuts', () => {
    const values = series(9, [1, 5], [1.3, 4], [0.9, 5]).map(Math.log);
    const cost = (from: number, to: number) => {
      const part = values.slice(from, to);
      const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
      const variance = part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / part.length;
      return part.length * Math.log(Math.max(variance, 1e-6));
    };
    const penalty = 15 * Math.log(values.length);
    const best = (from: number): { cost: number; starts: number[] } => {
      let found = { cost: cost(from, values.length), starts: [from] };
      for (let to = from + 3; to <= values.length - 3; to += 1) {
        const rest = best(to);
        const total = cost(from, to) + penalty + rest.cost;
        if (total < found.cost) found = { cost: total, starts: [from, ...rest.starts] };
      }
      return found;
    };
    expect(meanAndVarianceStretches(values, 1e-3).map(({ from }) => from)).toEqual(best(0).starts);
  });

  it('see a change of the spread alone', () => {
    const random = seededRandom(10);
    const values = Array.from({ length: 300 }, (_, i) => (i < 150 ? 0.01 : 0.2) * normal(random));
    const stretches = meanAndVarianceStretches(values, 1e-3);
    expect(stretches).toHaveLength(2);
    expect(Math.abs((stretches[1]?.from ?? 0) - 150)).toBeLessThan(5);
  });

  it('are one for equal values', () => {
    expect(meanAndVarianceStretches(new Array(50).fill(7), 1e-3)).toEqual([
      { from: 0, to: 50, mean: 7, deviation: 0 },
    ]);
  });
});

describe('outliers of a series of times', () => {
  it('leave the first tenth alone', () => {
    const times = series(11, [100, 400]);
    times[5] = 5000;
    times[200] = 5000;
    const kept = withoutOutliers(times);
    expect(kept).toContain(5);
    expect(kept).not.toContain(200);
  });
});

describe('warm-ups of a run', () => {
  it('are counted by class for each probe, never averaged', () => {
    const run = runOf(timesOf(probeOf('get'), [1, 1, 1]));
    const classes: WarmUpClass[] = ['warm-up', 'no-steady-state', 'warm-up'];
    const measurements = run.measurements.map((measurement, i) => ({
      ...measurement,
      artifacts: {
        warmUp: {
          class: classes[i] ?? 'flat',
          batches: 100,
          outliers: 0,
          preempted: 0,
          samplesFrom: 50,
          segments: [],
        },
      },
    }));
    expect(warmUpsOf({ ...run, measurements }).map((summary) => summary.classes)).toEqual([
      { flat: 0, 'warm-up': 2, 'slow-down': 0, 'no-steady-state': 1 },
    ]);
    expect(warmUpsOf(run)).toEqual([]);
  });
});
