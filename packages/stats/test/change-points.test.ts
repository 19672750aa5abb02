import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestArc } from '../src/change-points/best-arc.js';
import { bestSplit } from '../src/change-points/best-split.js';
import { chanceOfGain } from '../src/change-points/chance-of-gain.js';
import { chanceOfMaximum } from '../src/change-points/chance-of-maximum.js';
import { normalScores } from '../src/change-points/normal-scores.js';
import { appended, changePoints, emptySeries, type GrowingSeries, trendOf } from '../src/index.js';
import { normalFrom, seededRandom } from '../src/seeded-random.js';
import { logNormal } from './seeded-random.js';

function places(values: readonly number[], seed = 1): number[] {
  return changePoints(values, { seed }).changePoints.map(({ index }) => index);
}

/** Noise of 2 % around levels that each hold for so many values. */
function levelled(...levels: (readonly [count: number, level: number])[]): number[] {
  const random = seededRandom(41);
  return levels.flatMap(([count, level]) => logNormal(random, count, 0.02).map((v) => (v * level) / 1000));
}

/** All orders of so many values. */
function* orders(values: readonly number[]): Generator<number[]> {
  if (values.length < 2) yield [...values];
  for (const [i, value] of values.entries()) {
    for (const rest of orders(values.toSpliced(i, 1))) yield [value, ...rest];
  }
}

/** Standard normal noise, of which each value keeps a share of the one before. */
function alikeNoise(random: () => number, n: number, alike: number): number[] {
  let last = normalFrom(random);
  return Array.from({ length: n }, () => {
    last = alike * last + Math.sqrt(1 - alike * alike) * normalFrom(random);
    return last;
  });
}

const gainOf = (scores: Float64Array) => bestSplit(scores).gain;

test('a step far beyond the spread around it is found, however alike neighbours are', () => {
  for (const step of [1.2, 2, 4]) {
    const values = Array.from({ length: 24 }, (_, i) => (i >= 14 ? step : 1) * (1 + 0.01 * Math.sin(i * 7)));
    expect(places(values)).toEqual([14]);
  }
  const line = Array.from({ length: 40 }, (_, i) => 100 + i);
  const wave = Array.from({ length: 40 }, (_, i) => 100 + 10 * Math.sin(i / 6));
  // No stairs: a wave bends at its crest and its trough.
  expect([places(line), places(wave)]).toEqual([[], [10, 29]]);
});

test('p is the share of all orders whose best split is as good', () => {
  for (const values of [
    [1, 2, 3, 4, 5, 6, 7],
    [2, 1, 3, 6, 4, 5, 5],
    [5, 1, 4, 2, 6, 3],
  ]) {
    const scores = normalScores(values);
    const gain = gainOf(scores);
    const all = [...orders([...scores])].map((order) => gainOf(Float64Array.from(order)));
    const share = all.filter((other) => other >= gain - 1e-9).length / all.length;
    const drawn = chanceOfGain(scores, gain, 'splits', { rounds: 4000, seed: 3, alike: 0 });
    expect(Math.abs(drawn - share)).toBeLessThan(0.03);
  }
});

test('p of a long series is the share of such noise whose best split, or arc, is as good', () => {
  const random = seededRandom(5);
  for (const { n, alike, searched } of [
    { n: 400, alike: 0, searched: 'splits' },
    { n: 400, alike: 0.5, searched: 'splits' },
    { n: 310, alike: 0, searched: 'arcs' },
  ] as const) {
    const best = searched === 'splits' ? bestSplit : bestArc;
    const gains = Array.from({ length: 400 }, () => best(normalScores(alikeNoise(random, n, alike))).gain);
    for (const share of [0.1, 0.05]) {
      const gain = gains.toSorted((a, b) => b - a)[share * gains.length] as number;
      const p = chanceOfMaximum(gain, searched, n, alike);
      expect(p).toBeGreaterThan(share / 2);
      expect(p).toBeLessThan(2 * share);
    }
  }
});

describe('bends', () => {
  /** A line that goes another way at one value, with noise around it whose neighbours are alike. */
  const bent = (n: number, at: number, slopes: readonly [number, number]) => {
    const noise = alikeNoise(seededRandom(8), n, 0.9);
    return noise.map((one, i) => 100 + one + slopes[0] * Math.min(i, at) + slopes[1] * Math.max(0, i - at));
  };

  test('of a smooth series are found, with their place', () => {
    const found = changePoints(bent(200, 120, [0.8, -0.5])).changePoints;
    expect(found).toHaveLength(1);
    expect(Math.abs((found[0]?.index ?? 0) - 120)).toBeLessThanOrEqual(3);
    expect(found[0]?.low).toBeLessThanOrEqual(120);
    expect(found[0]?.high).toBeGreaterThanOrEqual(119);
    expect(found[0]?.p).toBeLessThan(0.001);
  });

  test('take the place of stairs where the noise is not smooth', () => {
    const random = seededRandom(8);
    for (const slope of [0.1, 0.3]) {
      const drift = Array.from({ length: 200 }, (_, i) => 100 + slope * i + normalFrom(random));
      expect(places(drift)).toEqual([]);
    }
    const stairs = levelled([30, 100], [30, 108], [30, 116], [30, 124]);
    expect(places(stairs)).toEqual([30, 60, 90]);
  });

  test('are not found on a line, nor on a curve without noise', () => {
    expect(places(bent(200, 120, [0.8, 0.8]))).toEqual([]);
    expect(places(Array.from({ length: 200 }, (_, i) => 100 + i * i))).toEqual([]);
  });
});

describe('long series', () => {
  const random = seededRandom(19);
  const levels = Array.from({ length: 21 }, (_, i) => (i % 2 === 0 ? 100 : 106));
  const values = levels.flatMap((level) => logNormal(random, 476, 0.03).map((v) => (v * level) / 1000));

  test('have each of their changes found near its place', () => {
    const found = changePoints(values).changePoints;
    expect(found).toHaveLength(20);
    for (const [i, { index, low, high, interval }] of found.entries()) {
      expect(Math.abs(index - 476 * (i + 1))).toBeLessThan(15);
      expect(interval).toEqual([low, high]);
    }
  });

  test('that grow value by value have the same changes, old ones settled', () => {
    const part = values.slice(0, 1_300);
    let series = emptySeries;
    for (const [i, value] of part.entries()) {
      // As it is kept from one run to the next.
      series = appended(JSON.parse(JSON.stringify(series)) as GrowingSeries, value, { rounds: 199 });
      expect(series.count).toBe(i + 1);
      expect(series.latest.length).toBeLessThanOrEqual(400);
    }
    const whole = changePoints(part, { rounds: 199 }).changePoints;
    expect(series.changePoints).toHaveLength(whole.length);
    for (const [i, { index }] of series.changePoints.entries()) {
      expect(Math.abs(index - (whole[i]?.index ?? 0))).toBeLessThan(15);
    }
    expect(series.settled).toEqual(series.changePoints);
    expect(() => appended(series, Number.NaN)).toThrow(/NaN/);
  });
});

describe('changePoints', () => {
  test('finds clear steps exactly, with their ratio', () => {
    const { changePoints: found, segments } = changePoints(levelled([20, 100], [8, 130], [12, 60]));
    expect(found.map(({ index, low, high }) => [index, low, high])).toEqual([
      [20, 20, 20],
      [28, 28, 28],
    ]);
    expect(found[0]?.ratio).toBeCloseTo(1.3, 1);
    expect(segments.map(({ from, to }) => [from, to])).toEqual([
      [0, 19],
      [20, 27],
      [28, 39],
    ]);
  });

  test('leaves out changes of less than is asked for, and makes one level of the two', () => {
    const values = levelled([30, 100], [30, 112], [30, 90]);
    expect(places(values)).toEqual([30, 60]);
    const { changePoints: found, segments } = changePoints(values, { leastChange: 0.15 });
    expect(found.map(({ index }) => index)).toEqual([60]);
    expect(segments).toHaveLength(2);
    expect(changePoints(values, { leastChange: 0.5 }).changePoints).toEqual([]);
    expect(() => changePoints(values, { leastChange: -1 })).toThrow(/threshold/);
  });

  test('finds a change that was taken back', () => {
    expect(places(levelled([20, 100], [9, 130], [8, 100]))).toEqual([20, 29]);
  });

  test('finds a step between whole numbers that repeat', () => {
    expect(places([7, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8])).toEqual([7]);
  });

  test('takes one or two wild values for outliers, not for a level', () => {
    const values = levelled([30, 100]);
    values[12] = 900;
    values[20] = 5;
    expect(trendOf([{ key: 'k', better: 'lower', values }]).series[0]).toMatchObject({
      changePoints: [],
      outliers: [12, 20],
    });
  });

  test('does not cut a straight line into stairs', () => {
    const values = Array.from({ length: 60 }, (_, i) => 100 + i);
    expect(places(values)).toEqual([]);
    const [series] = trendOf([{ key: 'k', better: 'lower', values }]).series;
    expect(series?.slope?.perPoint).toBeGreaterThan(0.005);
  });

  test('finds nothing in a constant series, nor in fewer than 6 values', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 1, max: 40 }),
        (v, n) => {
          expect(changePoints(new Array<number>(n).fill(v)).changePoints).toEqual([]);
        },
      ),
      { seed: 5, numRuns: 50 },
    );
    expect(places([1, 1, 9, 9, 9])).toEqual([]);
  });

  const someSeries = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 6, maxLength: 30 });

  test('does not depend on the unit, and keeps at least 3 values to a level', () => {
    fc.assert(
      fc.property(someSeries, (values) => {
        const found = changePoints(values);
        expect(places(values.map((value) => value * 4096))).toEqual(places(values));
        for (const { from, to } of found.segments) expect(to - from).toBeGreaterThanOrEqual(2);
        for (const { low, index, high } of found.changePoints) {
          expect(low).toBeLessThanOrEqual(index);
          expect(high).toBeGreaterThanOrEqual(index);
        }
      }),
      { seed: 6, numRuns: 100, endOnFailure: true },
    );
  });

  test('finds a clear step in the reversed series at the mirrored place', () => {
    expect(places(levelled([18, 100], [14, 130]).toReversed())).toEqual([14]);
  });

  test('is wrong about unchanged noise about as seldom as asked, and seldom where neighbours are alike', () => {
    const random = seededRandom(77);
    const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const alarms = (rho: number) => {
      let count = 0;
      for (let round = 0; round < 100; round++) {
        let last = normal();
        const values = Array.from({ length: 100 }, () => {
          last = rho * last + Math.sqrt(1 - rho * rho) * normal();
          return 100 + 5 * last;
        });
        if (changePoints(values, { rounds: 299 }).changePoints.length > 0) count += 1;
      }
      return count;
    };
    expect(alarms(0)).toBeLessThanOrEqual(8);
    expect(alarms(0.5)).toBeLessThanOrEqual(22);
  });

  test('refuses none, NaN and infinities', () => {
    for (const [values, code] of [
      [[], 'stats/too-few'],
      [[1, Number.NaN], 'stats/not-finite'],
      [[1, Number.POSITIVE_INFINITY], 'stats/not-finite'],
    ] as const) {
      expect(() => changePoints(values)).toThrow(expect.objectContaining({ code }));
    }
  });
});

test('levels of 0 have ratios that documents can hold', () => {
  const [series] = trendOf([
    { key: 'k', better: 'lower', values: [0, 0, 0, 0, 0, 0, 5, 5, 5, 5, 5, 5] },
  ]).series;
  expect(series?.changePoints).toEqual([expect.objectContaining({ index: 6, ratio: Number.MAX_VALUE })]);
});
