import { levenbergMarquardt } from './levenberg-marquardt.js';
import { type ScalabilityLaw, throughputAt, throughputGradient } from './scalability-law.js';
import { symmetricInverse } from './symmetric-inverse.js';

/** Throughput seen at a concurrency. */
export interface ScalabilityPoint {
  readonly concurrency: number;
  /** [1/s] */
  readonly throughput: number;
  /** Which process saw it; points of one process share their luck. Default: all of one process. */
  readonly process?: number;
}

/** The law nearest to the points, and the sum of the squared distances [1/s^2]. */
export interface FittedLaw {
  readonly law: ScalabilityLaw;
  readonly squares: number;
}

/**
 * The law with the least squared distance to the throughputs, with sigma in [0, 1] and kappa >= 0.
 *
 * The free minimum is taken where it lies within the bounds. Else the best on the bounds, each of which is tried: there
 * are five.
 *
 * @param points - Finite, concurrency and throughput > 0, at least 3 concurrencies; read only.
 * @returns `undefined` if no fit comes to an end.
 */
export function fitLaw(points: readonly ScalabilityPoint[]): FittedLaw | undefined {
  const free = fitWith(points, {});
  if (free !== undefined && isWithin(free.law)) return free;
  return bounds
    .map((fixed) => fitWith(points, fixed))
    .filter((fit) => fit !== undefined && isWithin(fit.law))
    .reduce(
      (best, fit) => (best !== undefined && fit && best.squares <= fit.squares ? best : fit),
      undefined,
    );
}

type Fixed = Partial<Pick<ScalabilityLaw, 'sigma' | 'kappa'>>;

const bounds: readonly Fixed[] = [
  { kappa: 0 },
  { sigma: 0 },
  { sigma: 1 },
  { sigma: 0, kappa: 0 },
  { sigma: 1, kappa: 0 },
];

const names = ['lambda', 'sigma', 'kappa'] as const;

function isWithin({ lambda, sigma, kappa }: ScalabilityLaw): boolean {
  return lambda > 0 && sigma >= 0 && sigma <= 1 && kappa >= 0;
}

function fitWith(points: readonly ScalabilityPoint[], fixed: Fixed): FittedLaw | undefined {
  const free = names.filter((name) => !(name in fixed));
  const start = startingLaw(points);
  const lawOf = (parameters: readonly number[]): ScalabilityLaw => {
    const law = { ...start, ...fixed };
    for (const [i, name] of free.entries()) law[name] = parameters[i] as number;
    return law;
  };
  const fit = levenbergMarquardt(
    {
      residuals: (parameters) => {
        const law = lawOf(parameters);
        return points.map(({ concurrency, throughput }) => throughput - throughputAt(law, concurrency));
      },
      gradients: (parameters) => {
        const law = lawOf(parameters);
        return points.map(({ concurrency }) => {
          const gradient = throughputGradient(law, concurrency);
          return free.map((name) => gradient[names.indexOf(name)] as number);
        });
      },
    },
    free.map((name) => start[name]),
  );
  return fit && { law: lawOf(fit.parameters), squares: fit.squares };
}

/**
 * Where to begin: N / X is a straight function of N - 1 and N (N - 1), so it can be solved at once. Weighted by
 * (X^2 / N)^2, which makes its residuals about those of X.
 */
function startingLaw(points: readonly ScalabilityPoint[]): { lambda: number; sigma: number; kappa: number } {
  const rows = points.map(({ concurrency, throughput }) => {
    const weight = throughput ** 2 / concurrency;
    const terms = [1, concurrency - 1, concurrency * (concurrency - 1)].map((term) => term * weight);
    return { terms, value: (concurrency / throughput) * weight };
  });
  const sums = [0, 1, 2].map((i) =>
    [0, 1, 2].map((j) =>
      rows.reduce((sum, { terms }) => sum + (terms[i] as number) * (terms[j] as number), 0),
    ),
  );
  const right = [0, 1, 2].map((i) =>
    rows.reduce((sum, { terms, value }) => sum + (terms[i] as number) * value, 0),
  );
  const [one = 0, per = 0, pairs = 0] =
    symmetricInverse(sums)?.map((row) =>
      row.reduce((sum, value, j) => sum + value * (right[j] as number), 0),
    ) ?? [];
  const atOne = Math.max(...points.map(({ concurrency, throughput }) => throughput / concurrency));
  if (!(one > 0)) return { lambda: atOne, sigma: 0.1, kappa: 0 };
  return {
    lambda: 1 / one,
    sigma: Math.min(1, Math.max(0, per / one)),
    kappa: Math.max(0, pairs / one),
  };
}
