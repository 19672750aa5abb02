import type { Interval } from '@perf/schema';
import { studentQuantile } from '../student-t.js';
import type { ScalabilityPoint } from './fit-law.js';
import { normalMatrix } from './levenberg-marquardt.js';
import { type ScalabilityLaw, throughputAt, throughputGradient } from './scalability-law.js';
import { symmetricInverse } from './symmetric-inverse.js';

/** Gives the interval of any figure that follows from a fitted law. */
export type LawIntervals = (figure: (law: ScalabilityLaw) => number, scale: 'plain' | 'log') => Interval;

const names = ['lambda', 'sigma', 'kappa'] as const;

/**
 * Intervals around a fitted law, by the delta method on the covariance of its coefficients, with t quantiles.
 *
 * Two covariances are taken and the wider interval of both is given. One trusts every point by itself: residual
 * variance times (J'J)^-1, with n - 3 degrees. The other trusts only processes: points of one share their luck, so
 * residuals are first summed within each (a sandwich, with processes - 1 degrees); it needs 3 processes.
 *
 * @param points - As given to the fit; read only.
 * @returns `undefined` if the points do not determine the three coefficients.
 *
 * Source: Seber & Wild 1989, "Nonlinear Regression", 5.1; Liang & Zeger 1986, Biometrika 73(1); the correction
 * G / (G - 1) * (n - 1) / (n - 3) of the sandwich: Cameron & Miller 2015, Journal of Human Resources 50(2), (13).
 */
export function lawIntervals(
  points: readonly ScalabilityPoint[],
  law: ScalabilityLaw,
  confidence: number,
): LawIntervals | undefined {
  const gradients = points.map(({ concurrency }) => throughputGradient(law, concurrency));
  const inverse = symmetricInverse(normalMatrix(gradients));
  if (inverse === undefined) return undefined;
  const residuals = points.map(({ concurrency, throughput }) => throughput - throughputAt(law, concurrency));
  const degrees = points.length - names.length;
  const spread = residuals.reduce((sum, value) => sum + value * value, 0) / degrees;
  const quantile = studentQuantile(confidence, degrees);
  const scores = [...processScores(points, gradients, residuals).values()];
  const groups = scores.length;
  const trusted = groups >= fewestProcesses;
  const correction = (groups / (groups - 1)) * ((points.length - 1) / degrees);
  const groupQuantile = trusted ? studentQuantile(confidence, groups - 1) : 0;

  /** Half of an interval's width for a figure with this gradient. */
  const halfWidth = (gradient: readonly number[]): number => {
    const along = inverse.map((row) => dot(row, gradient));
    const byPoints = quantile * Math.sqrt(Math.max(0, spread * dot(along, gradient)));
    if (!trusted) return byPoints;
    const variance = scores.reduce((sum, score) => sum + dot(along, score) ** 2, 0);
    return Math.max(byPoints, groupQuantile * Math.sqrt(correction * variance));
  };

  return (figure, scale) => {
    const estimate = figure(law);
    const on = (at: ScalabilityLaw) => (scale === 'log' ? Math.log(figure(at)) : figure(at));
    const width = halfWidth(gradientOf(on, law));
    return scale === 'log'
      ? { estimate, low: estimate * Math.exp(-width), high: estimate * Math.exp(width) }
      : { estimate, low: estimate - width, high: estimate + width };
  };
}

const fewestProcesses = 3;

/** J'e of each process. */
function processScores(
  points: readonly ScalabilityPoint[],
  gradients: readonly (readonly number[])[],
  residuals: readonly number[],
): Map<number, number[]> {
  const scores = new Map<number, number[]>();
  for (const [i, { process = 0 }] of points.entries()) {
    const before = scores.get(process) ?? names.map(() => 0);
    const gradient = gradients[i] as readonly number[];
    scores.set(
      process,
      before.map((value, j) => value + (gradient[j] as number) * (residuals[i] as number)),
    );
  }
  return scores;
}

/** Central differences where both sides are within bounds, else to the one side. */
function gradientOf(figure: (law: ScalabilityLaw) => number, law: ScalabilityLaw): number[] {
  return names.map((name) => {
    const step = Math.max(law[name] * 1e-5, name === 'lambda' ? 0 : 1e-12);
    const up = { ...law, [name]: law[name] + step };
    const down = { ...law, [name]: Math.max(0, law[name] - step) };
    return (figure(up) - figure(down)) / (up[name] - down[name]);
  });
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}
