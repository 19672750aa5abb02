import { describe, expect, test } from 'vitest';
import { compareRuns, hodgesLehmannRatio } from '../src/index.js';
import { seededRandom } from '../src/seeded-random.js';
import { probeOf, runOf, timesOf } from './run-of.js';
import { logNormal } from './seeded-random.js';

const labels = { a: 'before', b: 'after' };

/** The greatest count that a chance of p gives in n draws, but for one time in a thousand. */
function atMost(p: number, n: number): number {
  return n * p + 3.1 * Math.sqrt(n * p * (1 - p));
}

function verdictsOf(rounds: number, sizes: readonly [number, number], factor: number) {
  const random = seededRandom(7);
  const probe = probeOf('get');
  const counts = { regressed: 0, improved: 0, equivalent: 0, undecided: 0 };
  for (let round = 0; round < rounds; round++) {
    const a = timesOf(probe, logNormal(random, sizes[0], 0.1));
    const b = timesOf(
      probe,
      logNormal(random, sizes[1], 0.1).map((value) => value * factor),
    );
    const { comparisons } = compareRuns(runOf(a), runOf(b), { labels, thresholdOf: () => 0 });
    counts[comparisons[0]?.verdict ?? 'undecided'] += 1;
  }
  return counts;
}

describe('on unchanged log-normal data and a threshold of 0', () => {
  for (const sizes of [
    [5, 5],
    [4, 9],
    [10, 7],
  ] as const) {
    test(`${sizes[0]} against ${sizes[1]} processes are called changed at most 5 % of the time`, () => {
      const rounds = 1500;
      const { regressed, improved } = verdictsOf(rounds, sizes, 1);
      expect(regressed).toBeLessThanOrEqual(atMost(0.025, rounds));
      expect(regressed + improved).toBeLessThanOrEqual(atMost(0.05, rounds));
      // A test that never rejects would pass as well.
      expect(regressed + improved).toBeGreaterThan(rounds * 0.01);
    });
  }

  test('a whole run of 8 probes is called changed at most 5 % of the time', () => {
    const random = seededRandom(11);
    const rounds = 400;
    let alarms = 0;
    for (let round = 0; round < rounds; round++) {
      const side = (n: number) =>
        Array.from({ length: 8 }, (_, i) => timesOf(probeOf(`probe ${i}`), logNormal(random, n, 0.1))).flat();
      const { comparisons } = compareRuns(runOf(side(6)), runOf(side(9)), { labels, thresholdOf: () => 0 });
      if (comparisons.some(({ verdict }) => verdict === 'regressed' || verdict === 'improved')) alarms += 1;
    }
    expect(alarms).toBeLessThanOrEqual(atMost(0.05, rounds));
  });
});

test('a change of three times the spread is found nearly always', () => {
  const { regressed, improved } = verdictsOf(200, [8, 6], 1.35);
  expect(regressed).toBeGreaterThan(190);
  expect(improved).toBe(0);
});

test('the interval covers the true ratio as often as it says', () => {
  const random = seededRandom(3);
  const rounds = 2000;
  let missed = 0;
  let promised = 0;
  for (let round = 0; round < rounds; round++) {
    const b = logNormal(random, 6, 0.2).map((value) => value * 1.3);
    const { low, high, confidence } = hodgesLehmannRatio(logNormal(random, 9, 0.2), b);
    if (low > 1.3 || high < 1.3) missed += 1;
    promised = 1 - confidence;
  }
  expect(missed).toBeLessThanOrEqual(atMost(promised, rounds));
});
