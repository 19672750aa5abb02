import type { Interval, Scalability } from '@perf/schema';
import { SampleError } from '../sample-error.js';
import { requireConfidence } from '../sample-rules.js';
import { type FittedLaw, fitLaw, type ScalabilityPoint } from './fit-law.js';
import { type LawIntervals, lawIntervals } from './law-intervals.js';
import { kneeConcurrency, peakConcurrency, peakThroughput, type ScalabilityLaw } from './scalability-law.js';

/** The law with its intervals, or why there is none. */
export type ScalabilityFit = Pick<Scalability, 'fit' | 'reason'>;

/** Three coefficients, and one more concurrency to tell how well they fit. */
const fewestConcurrencies = 4;
const undetermined = 'No law of this form is near the points: they do not determine its three coefficients.';

/**
 * Fits the Universal Scalability Law to throughputs, by least squares of the throughput itself.
 *
 * The same fit as R's `usl` and `nls`. Sigma is kept in [0, 1] and kappa at 0 or more. A peak is given only where
 * kappa's interval lies above 0: else the points do not show that throughput ever falls.
 *
 * @param points - Read only, any order. Points of failed stages, with a throughput of 0, are left out.
 * @param confidence - Of all intervals, in (0, 1). They are approximate: see `lawIntervals`.
 * @returns A `fit`, or the `reason` why the points allow none.
 * @throws {SampleError} `stats/not-finite` for NaN and infinities; `stats/not-positive` for a concurrency of 0 or below
 *   or a negative throughput; `stats/out-of-range` for the confidence.
 *
 * Cost: O(points) a step, at most 3,000 steps; about a millisecond for 50 points.
 * Source: Gunther, Puglia & Tomasette 2015, "Hadoop superlinear scalability", ACM Queue 13(5).
 */
export function fitScalability(points: readonly ScalabilityPoint[], confidence = 0.95): ScalabilityFit {
  requireConfidence(confidence);
  requirePoints(points);
  const usable = points.filter(({ throughput }) => throughput > 0);
  const concurrencies = new Set(usable.map(({ concurrency }) => concurrency)).size;
  if (concurrencies < fewestConcurrencies) {
    return {
      reason: `There are throughputs above 0 at ${concurrencies} concurrencies; the fit needs ${fewestConcurrencies}.`,
    };
  }
  // In units of the greatest throughput, so that nothing over- or underflows on the way.
  const unit = Math.max(...usable.map(({ throughput }) => throughput));
  const scaled = usable.map((point) => ({ ...point, throughput: point.throughput / unit }));
  const fitted = fitLaw(scaled);
  const intervals = fitted && lawIntervals(scaled, fitted.law, confidence);
  if (fitted === undefined || intervals === undefined) {
    return { reason: undetermined };
  }
  const most = Math.max(...scaled.map(({ concurrency }) => concurrency));
  const fit = described(fitted.law, intervals, { unit, most, r2: explainedShare(scaled, fitted) });
  if (![fit.lambda, fit.sigma, fit.kappa].every(isBounded)) return { reason: undetermined };
  return { fit };
}

function described(
  law: ScalabilityLaw,
  intervals: LawIntervals,
  { unit, most, r2 }: { unit: number; most: number; r2: number },
): NonNullable<Scalability['fit']> {
  const throughput = (interval: Interval): Interval => ({
    estimate: interval.estimate * unit,
    low: interval.low * unit,
    high: interval.high * unit,
  });
  const sigma = within(
    intervals(({ sigma }) => sigma, 'plain'),
    0,
    1,
  );
  const kappa = within(
    intervals(({ kappa }) => kappa, 'plain'),
    0,
    Number.MAX_VALUE,
  );
  const peak = intervals(peakConcurrency, 'log');
  const height = intervals(peakThroughput, 'log');
  // What bends the line by less than a millionth over all that was tried is rounding.
  const bends = law.kappa * most ** 2 > 1e-6;
  const falls = bends && kappa.low > 0 && isBounded(peak) && isBounded(height);
  // Without a proven fall the greatest throughput is the one that contention alone would let through.
  const knee = intervals(falls ? kneeConcurrency : ({ sigma }) => 1 / sigma, 'log');
  const levelsOff = falls || sigma.low > 0;
  return {
    lambda: within(throughput(intervals(({ lambda }) => lambda, 'log')), 0, Number.MAX_VALUE),
    sigma,
    kappa,
    ...(falls
      ? { peak: { concurrency: within(peak, 1, Number.MAX_VALUE), throughput: throughput(height) } }
      : {}),
    ...(levelsOff && isBounded(knee) ? { knee: within(knee, 1, Number.MAX_VALUE) } : {}),
    r2,
  };
}

function within({ estimate, low, high }: Interval, least: number, most: number): Interval {
  const clamp = (value: number) => Math.min(most, Math.max(least, value));
  return { estimate: clamp(estimate), low: clamp(low), high: clamp(high) };
}

function isBounded({ estimate, low, high }: Interval): boolean {
  return [estimate, low, high].every(Number.isFinite);
}

function explainedShare(points: readonly ScalabilityPoint[], { squares }: FittedLaw): number {
  const mean = points.reduce((sum, { throughput }) => sum + throughput, 0) / points.length;
  const variation = points.reduce((sum, { throughput }) => sum + (throughput - mean) ** 2, 0);
  // The law can be a constant, so it never explains less than the mean does.
  return variation > 0 ? Math.max(0, 1 - squares / variation) : 1;
}

function requirePoints(points: readonly ScalabilityPoint[]): void {
  for (const [i, { concurrency, throughput }] of points.entries()) {
    if (!Number.isFinite(concurrency) || !Number.isFinite(throughput)) {
      throw new SampleError(
        'stats/not-finite',
        `Point ${i} is ${throughput} at a concurrency of ${concurrency}.`,
        {
          seen: [concurrency, throughput],
          remedy: 'Leave out what was not measured.',
        },
      );
    }
    if (concurrency <= 0 || throughput < 0) {
      throw new SampleError(
        'stats/not-positive',
        `Point ${i} is ${throughput} at a concurrency of ${concurrency}.`,
        {
          seen: [concurrency, throughput],
          remedy: 'A concurrency is above 0, a throughput 0 or more.',
        },
      );
    }
  }
}
