import { readDocument } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { type CompareOptions, compareRuns, processesNeeded } from '../src/index.js';
import { heapOf, measured, probeOf, runOf, timeOf, timesOf } from './run-of.js';

const options: CompareOptions = { labels: { a: 'main', b: 'change' }, thresholdOf: () => 0.05 };
const get = probeOf('get');
const put = probeOf('put');

describe('compareRuns', () => {
  test('calls a regression with its size, its p and the values it rests on', () => {
    const before = runOf(timesOf(get, [100, 101, 102, 103, 104]));
    const after = runOf(timesOf(get, [202, 200, 204, 206]), 2);
    const document = compareRuns(before, after, options);
    expect(document).toEqual({
      schema: 'perf/comparison@1',
      variants: {
        a: { label: 'main', run: before.id, environment: before.environment.key },
        b: { label: 'change', run: after.id, environment: after.environment.key },
      },
      confidence: 0.95,
      comparisons: [
        {
          probe: get,
          metric: 'time',
          unit: 'ns',
          better: 'lower',
          ratio: expect.closeTo(1.99, 2),
          low: expect.closeTo(1.942, 3),
          high: expect.closeTo(2.04, 3),
          confidence: expect.closeTo(1 - 4 / 126, 12),
          p: expect.closeTo(2 / 126, 12),
          pAdjusted: expect.closeTo(2 / 126, 12),
          threshold: 0.05,
          verdict: 'regressed',
          severity: 'moderate',
          processes: { a: 5, b: 4 },
          center: { a: 102, b: 203 },
          values: { a: [100, 101, 102, 103, 104], b: [202, 200, 204, 206] },
        },
      ],
      incomparable: [],
    });
    expect(readDocument('comparison', JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  test('matches probes whatever the order of their parameters, and tells points apart', () => {
    const a = [
      ...timesOf(probeOf('get', { size: 1, kind: 'x' }), [10]),
      ...timesOf(probeOf('get', { size: 2, kind: 'x' }), [20]),
    ];
    const b = timesOf(probeOf('get', { kind: 'x', size: 1 }), [11]);
    const { comparisons, incomparable } = compareRuns(runOf(a), runOf(b), options);
    expect(comparisons).toMatchObject([{ ratio: 1.1 }]);
    expect(incomparable).toEqual([
      { probe: probeOf('get', { size: 2, kind: 'x' }), reason: 'Only main has this probe.' },
    ]);
  });

  test('keeps the order of b', () => {
    const a = [...timesOf(get, [1]), ...timesOf(put, [1])];
    const b = [...timesOf(put, [1]), ...timesOf(get, [1]), ...timesOf(put, [2])];
    const { comparisons } = compareRuns(runOf(a), runOf(b), options);
    expect(comparisons.map(({ probe }) => probe.name)).toEqual(['put', 'get']);
  });

  test('leaves out what is only context', () => {
    const side = [measured(get, 0, [timeOf(1), heapOf(5, { judged: false })])];
    const { comparisons, incomparable } = compareRuns(runOf(side), runOf(side), options);
    expect(comparisons.map(({ metric }) => metric)).toEqual(['time']);
    expect(incomparable).toEqual([]);
  });

  test('compares the processes that succeeded when others failed', () => {
    const failed = measured(get, 3, [timeOf(9999)], { status: 'timed-out' });
    const a = runOf([...timesOf(get, [10, 11]), failed]);
    const b = runOf(timesOf(get, [10, 11, 12]));
    expect(compareRuns(a, b, options).comparisons).toMatchObject([{ processes: { a: 2, b: 3 } }]);
  });

  test('says with which status and error all processes of a side failed', () => {
    const error = { code: 'TypeError', message: 'cache.get is not a function.' };
    const b = [
      measured(get, 0, [], { status: 'failed', error }),
      measured(get, 1, [], { status: 'failed', error }),
      measured(get, 2, [], { status: 'crashed' }),
    ];
    const { comparisons, incomparable } = compareRuns(runOf(timesOf(get, [1, 2])), runOf(b), options);
    expect(comparisons).toEqual([]);
    expect(incomparable).toEqual([
      {
        probe: get,
        reason:
          'No process succeeded on change (2 failed, 1 crashed). First error: TypeError: cache.get is not a function.',
      },
    ]);
  });

  test('does not set figures of different units, or of one side only, against each other', () => {
    const a = [measured(get, 0, [timeOf(1), heapOf(1)])];
    const b = [measured(get, 0, [timeOf(1, { unit: 'count' })])];
    const { comparisons, incomparable } = compareRuns(runOf(a), runOf(b), options);
    expect(comparisons).toEqual([]);
    expect(incomparable).toEqual([
      { probe: get, metric: 'time', reason: 'The units differ: ns on main, count on change.' },
      { probe: get, metric: 'heap', reason: 'Only main has this metric.' },
    ]);
  });

  test('has no ratio to nothing, and says which side has none', () => {
    const heaps = (values: number[]) => runOf(values.map((value, i) => measured(get, i, [heapOf(value)])));
    const reason = (a: number[], b: number[]) =>
      compareRuns(heaps(a), heaps(b), options).incomparable[0]?.reason;
    expect(reason([0, 0], [16, 16, 16])).toBe(
      'main allocates nothing, so a ratio has no meaning: medians of 0 and 16 bytes in 2 and 3 processes.',
    );
    expect(reason([16], [0, 0])).toBe(
      'change allocates nothing, so a ratio has no meaning: medians of 16 bytes and 0 in 1 and 2 processes.',
    );
    expect(reason([16, -4, 8], [16])).toBe(
      '1 of 3 values of main are 0 or below, so a ratio has no meaning: medians of 8 bytes and 16 bytes in 3 and 1 processes.',
    );
    const times = (values: number[]) => runOf(timesOf(get, values));
    expect(compareRuns(times([0]), times([5]), options).incomparable[0]?.reason).toBe(
      'main reads 0, so a ratio has no meaning: medians of 0 and 5 ns in 1 and 1 processes.',
    );
    expect(compareRuns(times([1e-200]), times([1e200]), options).incomparable[0]?.reason).toBe(
      'It is too far apart for a ratio, look for a broken clock or counter: medians of 1e-200 ns and 1e+200 ns in 1 and 1 processes.',
    );
  });

  test('takes nothing against nothing for equivalent, once there are processes enough', () => {
    const heaps = (n: number) => runOf(Array.from({ length: n }, (_, i) => measured(get, i, [heapOf(0)])));
    const enough = compareRuns(heaps(4), heaps(5), options).comparisons;
    expect(enough).toMatchObject([
      { ratio: 1, low: 1, high: 1, p: 1, verdict: 'equivalent', center: { a: 0, b: 0 } },
    ]);
    expect(enough[0]?.values).toEqual({ a: [0, 0, 0, 0], b: [0, 0, 0, 0, 0] });
    expect(compareRuns(heaps(3), heaps(3), options).comparisons).toMatchObject([
      { verdict: 'undecided', confidence: 0.9, needed: 1 },
    ]);
  });

  test('names the environment of each side', () => {
    const a = runOf(timesOf(get, [1]));
    const b = { ...a, environment: { ...a.environment, key: 'another machine' } };
    const { variants } = compareRuns(a, b, options);
    expect([variants.a.environment, variants.b.environment]).toEqual([a.environment.key, 'another machine']);
  });

  test('adjusts p within one metric over the probes, not across metrics', () => {
    const side = (time: number, heap: number) =>
      [get, put].flatMap((probe, which) =>
        [0, 1, 2, 3].map((i) => measured(probe, i, [timeOf(which === 0 ? time + i : 50 + i), heapOf(heap)])),
      );
    const { comparisons } = compareRuns(runOf(side(100, 7)), runOf(side(200, 7)), options);
    const slower = comparisons.find(({ probe, metric }) => probe.name === 'get' && metric === 'time');
    expect(slower?.p).toBeCloseTo(2 / 70, 12);
    expect(slower?.pAdjusted).toBeCloseTo((2 / 70) * 2, 12);
    // 0.057 after the adjustment: clear of the threshold, and still no verdict.
    expect(slower).toMatchObject({ verdict: 'undecided', needed: 1 });
  });

  test('says how many more processes would decide, from the size of the family', () => {
    const probes = Array.from({ length: 20 }, (_, i) => probeOf(`probe ${i}`));
    const side = (factor: number) =>
      runOf(
        probes.flatMap((probe, i) =>
          timesOf(
            probe,
            [100, 101, 102].map((v) => (i === 0 ? v * factor : v)),
          ),
        ),
      );
    const { comparisons } = compareRuns(side(1), side(2), options);
    const { low = 0, high = 0, ratio = 0, verdict, needed } = comparisons[0] ?? {};
    expect(verdict).toBe('undecided');
    expect(needed).toBe(3);
    const processes = { a: 3, b: 3 };
    const rest = { confidence: 0.9, processes, threshold: 0.05, asked: 0.95, family: 20 };
    expect(needed).toBe(processesNeeded({ ratio, low, high, ...rest }));
  });

  test('asks for the threshold of each probe and metric', () => {
    const asked: string[] = [];
    const thresholdOf: CompareOptions['thresholdOf'] = ({ name }, metric) => {
      asked.push(`${name} ${metric}`);
      return name === 'put' ? 0.5 : 0.05;
    };
    const side = (factor: number) =>
      runOf(
        [get, put].flatMap((probe) =>
          timesOf(
            probe,
            [100, 101, 102, 103, 104].map((v) => v * factor),
          ),
        ),
      );
    const { comparisons } = compareRuns(side(1), side(1.2), { ...options, thresholdOf });
    expect(asked).toEqual(['get time', 'put time']);
    expect(comparisons.map(({ verdict }) => verdict)).toEqual(['regressed', 'equivalent']);
  });

  test('swaps its verdict with the sides', () => {
    const slow = runOf(timesOf(get, [200, 201, 202, 203]));
    const fast = runOf(timesOf(get, [100, 101, 102, 103, 104]));
    expect(compareRuns(fast, slow, options).comparisons).toMatchObject([{ verdict: 'regressed' }]);
    const back = compareRuns(slow, fast, options).comparisons[0];
    expect(back).toMatchObject({ verdict: 'improved' });
    expect(back).not.toHaveProperty('severity');
  });

  test('keeps a lower confidence when that is asked for', () => {
    const a = runOf(timesOf(get, [100, 101, 102]));
    const b = runOf(timesOf(get, [200, 201, 202]));
    const document = compareRuns(a, b, { ...options, confidence: 0.9 });
    expect(document).toMatchObject({ confidence: 0.9, comparisons: [{ verdict: 'regressed', p: 0.1 }] });
    expect(() => compareRuns(a, b, { ...options, confidence: 95 })).toThrow(
      expect.objectContaining({ code: 'stats/out-of-range' }),
    );
  });
});
