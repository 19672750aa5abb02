import type { Run } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { type CompareOptions, compareRuns } from '../src/index.js';
import { heapOf, measured, probeOf, runOf } from './run-of.js';

const options: CompareOptions = { labels: { a: 'main', b: 'change' }, thresholdOf: () => 0.1 };
const get = probeOf('get');

/** One process per value. Without a resolution the metric has none. */
function heaps(values: readonly number[], resolution?: number): Run {
  const more = resolution === undefined ? {} : { resolution };
  return runOf(values.map((value, index) => measured(get, index, [heapOf(value, more)])));
}

describe('a metric with a resolution', () => {
  test('regresses when it goes from nothing to much, and shows the raw values', () => {
    const nothing = [0, 0, 0, 0, 0];
    const much = [1e6, 1e6, 1e6, 1e6];
    const { comparisons, incomparable } = compareRuns(heaps(nothing, 16), heaps(much, 16), options);
    expect(incomparable).toEqual([]);
    expect(comparisons).toMatchObject([
      {
        ratio: 62_500,
        low: 62_500,
        high: 62_500,
        verdict: 'regressed',
        severity: 'critical',
        center: { a: 0, b: 1e6 },
        values: { a: nothing, b: much },
      },
    ]);
    expect(comparisons[0]?.p).toBeLessThan(0.05);
  });

  test('improves when it goes from much to nothing', () => {
    const { comparisons } = compareRuns(heaps([64, 64, 64, 64], 16), heaps([0, 0, 0, 0], 16), options);
    expect(comparisons).toMatchObject([{ ratio: 0.25, verdict: 'improved' }]);
  });

  test('takes all that lies below it for equal, also what is below 0', () => {
    for (const [a, b] of [
      [
        [0, 0, 0, 0],
        [0, 0, 0, 0, 0],
      ],
      [
        [0, 3, -2, 5],
        [15, 16, 9, 12],
      ],
    ] as const) {
      const { comparisons } = compareRuns(heaps(a, 16), heaps(b, 16), options);
      expect(comparisons).toMatchObject([
        { ratio: 1, low: 1, high: 1, p: 1, verdict: 'equivalent', values: { a, b } },
      ]);
    }
  });

  test('changes nothing where all values lie above it', () => {
    const [a, b] = [
      [100, 101, 102, 103],
      [120, 121, 122, 123],
    ];
    const without = compareRuns(heaps(a), heaps(b), options);
    const comparisons = without.comparisons.map((compared) => ({ ...compared, resolution: 16 }));
    expect(compareRuns(heaps(a, 16), heaps(b, 16), options)).toEqual({ ...without, comparisons });
  });

  test('is compared at the larger resolution where the two sides, or two processes, differ', () => {
    const side = [0, 0, 0, 0];
    expect(compareRuns(heaps(side, 16), heaps([64, 64, 64, 64], 32), options).comparisons).toMatchObject([
      { ratio: 2 },
    ]);
    const mixed = runOf(
      [16, 32, 8, 16].map((resolution, i) => measured(get, i, [heapOf(0, { resolution })])),
    );
    expect(compareRuns(mixed, heaps([64, 64, 64, 64], 16), options).comparisons).toMatchObject([
      { ratio: 2 },
    ]);
  });

  test('has none unless every process of both sides says so', () => {
    const reason = { reason: expect.stringContaining('main allocates nothing') };
    const much = [64, 64, 64, 64];
    expect(compareRuns(heaps([0, 0], 16), heaps(much), options).incomparable).toMatchObject([reason]);
    expect(compareRuns(heaps([0, 0]), heaps(much, 16), options).incomparable).toMatchObject([reason]);
    const partly = runOf([
      measured(get, 0, [heapOf(0, { resolution: 16 })]),
      measured(get, 1, [heapOf(0)]),
      measured(get, 2, [heapOf(0, { resolution: 16 })]),
    ]);
    expect(compareRuns(partly, heaps(much, 16), options).incomparable).toMatchObject([reason]);
  });
});
