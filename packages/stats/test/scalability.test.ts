import { readFileSync } from 'node:fs';
import type { LoadProfile, Measurement } from '@perf/schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitScalability, scalabilityOf } from '../src/index.js';
import { seededRandom } from '../src/seeded-random.js';
import { studentQuantile } from '../src/student-t.js';
import { relativeError } from './reference.js';
import { probeOf, runOf, timesOf } from './run-of.js';
import { logNormal } from './seeded-random.js';

interface Point {
  concurrency: number;
  throughput: number;
}

/** What `reference/make-trend-reference.py` printed. */
interface TrendReference {
  scalability: { points: Point[]; lambda: number; sigma: number[]; kappa: number[]; peak: number }[];
  student: { confidence: number; degrees: number; t: number }[];
}

const reference = JSON.parse(
  readFileSync(new URL('../reference/trend-scipy.json', import.meta.url), 'utf8'),
) as TrendReference;

const powers = [1, 2, 4, 8, 16, 32, 64];

function throughput(n: number, [lambda, sigma, kappa]: readonly [number, number, number]): number {
  return (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}

function pointsOf(law: readonly [number, number, number]): Point[] {
  return powers.map((concurrency) => ({ concurrency, throughput: throughput(concurrency, law) }));
}

test("on the data of SPEC SDM 91 the peak is that which R's usl asserts", () => {
  const { fit } = fitScalability(reference.scalability[0]?.points ?? []);
  expect(fit?.peak?.concurrency.estimate).toBeCloseTo(96.51956, 5);
  expect(fit?.peak?.concurrency.low).toBeLessThan(96);
  expect(fit?.r2).toBeGreaterThan(0.98);
});

test('coefficients and their half-widths are those of SciPy', () => {
  for (const { points, lambda, sigma, kappa, peak } of reference.scalability) {
    const { fit } = fitScalability(points);
    expect(relativeError(fit?.lambda.estimate ?? 0, lambda)).toBeLessThan(1e-6);
    for (const [seen, [estimate = 0, half = 0]] of [
      [fit?.sigma, sigma],
      [fit?.kappa, kappa],
    ] as const) {
      expect(relativeError(seen?.estimate ?? 0, estimate)).toBeLessThan(1e-5);
      expect(relativeError((seen?.high ?? 0) - (seen?.estimate ?? 0), half)).toBeLessThan(1e-4);
    }
    if (fit?.peak !== undefined)
      expect(relativeError(fit.peak.concurrency.estimate, peak)).toBeLessThan(1e-5);
  }
});

test("quantiles of Student's t are those of SciPy", () => {
  for (const { confidence, degrees, t } of reference.student) {
    expect(relativeError(studentQuantile(confidence, degrees), t)).toBeLessThan(1e-9);
  }
});

test('a law without noise is found again, whatever the unit', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
      fc.double({ min: 0.001, max: 0.9, noNaN: true }),
      fc.double({ min: 1e-5, max: 0.05, noNaN: true }),
      (lambda, sigma, kappa) => {
        const { fit } = fitScalability(pointsOf([lambda, sigma, kappa]));
        expect(relativeError(fit?.lambda.estimate ?? 0, lambda)).toBeLessThan(1e-5);
        expect(Math.abs((fit?.sigma.estimate ?? 0) - sigma)).toBeLessThan(1e-5);
        expect(Math.abs((fit?.kappa.estimate ?? 0) - kappa)).toBeLessThan(1e-6);
      },
    ),
    { numRuns: 60, seed: 4 },
  );
});

describe('at the bounds', () => {
  test('throughput in proportion to concurrency has neither peak nor knee', () => {
    const { fit } = fitScalability(pointsOf([10, 0, 0]));
    expect(fit?.lambda.estimate).toBeCloseTo(10, 6);
    expect(fit?.sigma.estimate).toBeCloseTo(0, 9);
    expect(fit?.peak).toBeUndefined();
  });

  test('throughput that levels off has a knee and no peak', () => {
    const points = pointsOf([10, 0.2, 0]).map((point, i) => ({
      ...point,
      throughput: point.throughput * (1 + 0.01 * (i % 2)),
    }));
    const { fit } = fitScalability(points);
    expect(fit?.peak).toBeUndefined();
    expect(fit?.knee?.estimate).toBeCloseTo(5, 0);
  });

  test('a constant throughput is all contention', () => {
    const { fit } = fitScalability(powers.map((concurrency) => ({ concurrency, throughput: 7 })));
    expect(fit?.sigma.estimate).toBeCloseTo(1, 6);
    expect(fit?.knee?.estimate).toBeCloseTo(1, 6);
    expect(fit?.r2).toBe(1);
  });

  test('estimates stay within their bounds and every figure is finite, whatever the points', () => {
    const point = fc.record({
      concurrency: fc.integer({ min: 1, max: 500 }),
      throughput: fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1e6, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(point, { maxLength: 12 }), (points) => {
        const { fit, reason } = fitScalability(points);
        expect(fit === undefined).toBe(reason !== undefined);
        if (fit === undefined) return;
        const numbers = JSON.stringify(fit);
        expect(numbers).not.toContain('null');
        for (const { estimate, low, high } of [fit.lambda, fit.sigma, fit.kappa]) {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(low).toBeLessThanOrEqual(estimate);
          expect(high).toBeGreaterThanOrEqual(estimate);
        }
      }),
      { numRuns: 100, seed: 9, endOnFailure: true },
    );
  });
});

test('fewer than four concurrencies above 0 are no fit, and the reason says so', () => {
  const points = pointsOf([10, 0.1, 0.001]);
  expect(fitScalability(points.slice(0, 3)).reason).toBe(
    'There are throughputs above 0 at 3 concurrencies; the fit needs 4.',
  );
  expect(fitScalability([]).reason).toContain('at 0 concurrencies');
  const failed = points.map((point, i) => (i < 3 ? point : { ...point, throughput: 0 }));
  expect(fitScalability(failed).fit).toBeUndefined();
});

test('points that are no numbers, and concurrencies of 0, are refused', () => {
  const wrong = (part: Partial<Point>) => [{ concurrency: 1, throughput: 1, ...part }];
  expect(() => fitScalability(wrong({ throughput: Number.NaN }))).toThrow(
    expect.objectContaining({ code: 'stats/not-finite' }),
  );
  expect(() => fitScalability(wrong({ concurrency: 0 }))).toThrow(
    expect.objectContaining({ code: 'stats/not-positive' }),
  );
  expect(() => fitScalability(wrong({}), 1)).toThrow(expect.objectContaining({ code: 'stats/out-of-range' }));
});

test('the intervals cover the truth where processes differ, nine times in ten at the least', () => {
  const law = [1000, 0.05, 0.002] as const;
  const peak = Math.sqrt((1 - law[1]) / law[2]);
  const random = seededRandom(21);
  let covered = 0;
  const rounds = 150;
  for (let round = 0; round < rounds; round++) {
    const points = [0, 1, 2, 3, 4].flatMap((process) => {
      const [luck = 1000] = logNormal(random, 1, 0.05);
      return powers.map((concurrency) => ({
        process,
        concurrency,
        throughput:
          throughput(concurrency, [luck, law[1], law[2]]) * ((logNormal(random, 1, 0.03)[0] ?? 0) / 1000),
      }));
    });
    const { fit } = fitScalability(points);
    const { low = 0, high = 0 } = fit?.peak?.throughput ?? {};
    if (low <= throughput(peak, law) && throughput(peak, law) <= high) covered += 1;
  }
  expect(covered).toBeGreaterThan(0.9 * rounds);
});

test('a run gives one entry for each probe that stepped through concurrencies, over its processes', () => {
  const load = (shape: LoadProfile['shape']): LoadProfile => ({
    model: 'closed',
    shape,
    stages: pointsOf([100, 0.1, 0.005]).map((point, i) => ({
      ...point,
      from: i,
      to: i + 1,
      operations: 1,
      errors: {},
    })),
  });
  const loaded = (measurements: Measurement[], shape: LoadProfile['shape']) =>
    measurements.map((measurement) => ({ ...measurement, artifacts: { load: load(shape) } }));
  const scaled = loaded(timesOf(probeOf('scale'), [1, 2]), 'scale');
  const other = loaded(timesOf(probeOf('peak'), [1, 2]), 'peak');
  const [entry, ...more] = scalabilityOf(runOf([...scaled, ...other, ...timesOf(probeOf('bench'), [1])]));
  expect(more).toEqual([]);
  expect(entry?.probe.name).toBe('scale');
  expect(entry?.points).toHaveLength(14);
  expect(entry?.points[7]).toEqual({ process: 1, concurrency: 1, throughput: 100 });
  expect(entry?.fit?.peak?.concurrency.estimate).toBeCloseTo(Math.sqrt(0.9 / 0.005), 3);
});
