import { symmetricInverse } from './symmetric-inverse.js';

/** What to fit: residuals, and how each changes with each parameter. */
export interface LeastSquaresProblem {
  /** Observed minus predicted, shape (n). */
  residuals(parameters: readonly number[]): number[];
  /** Derivatives of what is predicted, shape (n, parameters). */
  gradients(parameters: readonly number[]): number[][];
}

/** Parameters at a minimum, and what is left there. */
export interface LeastSquaresFit {
  readonly parameters: readonly number[];
  /** Sum of the squared residuals. */
  readonly squares: number;
}

/**
 * Least squares for a curve by Levenberg and Marquardt: Newton's step where the curve is nearly straight, a short one
 * downhill where it is not.
 *
 * @param start - Where to begin; read only. The minimum found is the one near it.
 * @returns `undefined` if no step leads downhill from a start where the residuals are no numbers.
 *
 * Cost: at most 500 steps of O(n * parameters^2).
 * Source: Marquardt 1963, "An algorithm for least-squares estimation of nonlinear parameters", SIAM Journal 11(2).
 */
export function levenbergMarquardt(
  problem: LeastSquaresProblem,
  start: readonly number[],
): LeastSquaresFit | undefined {
  let parameters = start;
  let residuals = problem.residuals(parameters);
  let squares = sumOfSquares(residuals);
  if (!Number.isFinite(squares)) return undefined;
  let damping = 1e-3;
  for (let step = 0; step < mostSteps && damping < mostDamping; step++) {
    const gradients = problem.gradients(parameters);
    const moved = dampedStep(gradients, residuals, damping);
    const next = moved && parameters.map((value, i) => value + (moved[i] as number));
    const left = next && problem.residuals(next);
    const after = left === undefined ? Number.NaN : sumOfSquares(left);
    if (next === undefined || left === undefined || !(after < squares)) {
      damping *= 4;
      continue;
    }
    const settled = squares - after <= settledBelow * squares;
    parameters = next;
    residuals = left;
    squares = after;
    if (settled && damping < 1) break;
    damping = Math.max(damping / 8, leastDamping);
  }
  return { parameters, squares };
}

const mostSteps = 500;
/** A full step that gains less, as a fraction, has arrived: parameters move by its square root. */
const settledBelow = 1e-15;
const leastDamping = 1e-14;
/** Beyond it a step is too small to change a double: the minimum is reached. */
const mostDamping = 1e12;

function dampedStep(
  gradients: readonly (readonly number[])[],
  residuals: readonly number[],
  damping: number,
): number[] | undefined {
  const normal = normalMatrix(gradients);
  const inverse = symmetricInverse(
    normal.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) : value))),
  );
  const downhill = normal.map((_, j) =>
    gradients.reduce((sum, row, i) => sum + (row[j] as number) * (residuals[i] as number), 0),
  );
  return inverse?.map((row) => row.reduce((sum, value, j) => sum + value * (downhill[j] as number), 0));
}

/** J'J of the derivatives J, shape (parameters, parameters): the inverse of a fit's covariance, but for its scale. */
export function normalMatrix(gradients: readonly (readonly number[])[]): number[][] {
  const size = gradients[0]?.length ?? 0;
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) =>
      gradients.reduce((sum, row) => sum + (row[i] as number) * (row[j] as number), 0),
    ),
  );
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
