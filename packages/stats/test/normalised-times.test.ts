import { readDocument } from '@perf/schema';
import { describe, expect, test } from 'vitest';
import { type CompareOptions, compareRuns } from '../src/index.js';
import { seededRandom } from '../src/seeded-random.js';
import { measured, probeOf, runOf, timeOf } from './run-of.js';
import { logNormal } from './seeded-random.js';

const options: CompareOptions = {
  labels: { a: 'main', b: 'change' },
  thresholdOf: () => 0.05,
  normalise: true,
};
const get = probeOf('get');

/** Processes of a function that takes so long, on a machine that is so many times as slow in each of them. */
function runOn(machine: readonly number[], time: number, seed = 1) {
  const own = logNormal(seededRandom(seed), machine.length, 0.005);
  return runOf(
    machine.map((slow, index) => {
      const alone = (time * (own[index] as number)) / 1000;
      return measured(get, index, [
        timeOf(alone * slow, { samples: [alone * slow] }),
        timeOf(100_000 * slow, { name: 'reference', judged: false }),
        { name: 'time_normalised', unit: 'ratio', better: 'lower', value: alone / 100_000, judged: false },
      ]);
    }),
    seed,
  );
}

const quick = [1, 1.01, 1.02, 1, 1.01, 1.03, 1];
const slow = [1.3, 1.32, 1.28, 1.35, 1.3, 1.31, 1.29];
const only = (a: ReturnType<typeof runOn>, b: ReturnType<typeof runOn>, more: Partial<CompareOptions> = {}) =>
  compareRuns(a, b, { ...options, ...more }).comparisons[0];

describe('a baseline of another time', () => {
  test('is not regressed from by a machine that is slower as a whole, and says so', () => {
    const [a, b] = [runOn(quick, 500), runOn(slow, 500, 2)];
    expect(only(a, b, { normalise: false })).toMatchObject({ verdict: 'regressed' });
    expect(only(a, b)).toMatchObject({
      verdict: 'equivalent',
      ratio: expect.closeTo(1, 1),
      normalised: { machine: expect.closeTo(1.29, 2) },
      center: { a: expect.closeTo(505, -1), b: expect.closeTo(650, -1) },
    });
  });

  test('does not hide a regression on a machine that became quicker', () => {
    const [a, b] = [runOn(slow, 500), runOn(quick, 650, 2)];
    expect(only(a, b, { normalise: false })?.verdict).not.toBe('regressed');
    expect(only(a, b)).toMatchObject({ verdict: 'regressed', ratio: expect.closeTo(1.3, 1) });
  });

  test('is compared as it was measured where one process has no reference, the kernel or the machine is another one', () => {
    const [a, b] = [runOn(quick, 500), runOn(slow, 500, 2)];
    const bare = runOf([...b.measurements.slice(1), measured(get, 0, [timeOf(650)])], 2);
    const newer = { ...b, tool: { ...b.tool, version: '9.0.0' } };
    const elsewhere = { ...b, environment: { ...b.environment, key: 'elsewhere' } };
    for (const other of [bare, newer, elsewhere]) {
      expect(only(a, other)).toMatchObject({ verdict: 'regressed' });
      expect(only(a, other)).not.toHaveProperty('normalised');
    }
  });

  test('gives a document that any reader accepts', () => {
    const document = compareRuns(runOn(quick, 500), runOn(slow, 500, 2), options);
    expect(readDocument('comparison', JSON.parse(JSON.stringify(document)))).toEqual(document);
  });
});
