import { serialCorrelation } from '../trend/serial-correlation.js';

/**
 * How alike neighbours of a series are, as far as its levels do not explain it: 0 for independent values, 1 for a
 * random walk, 3 for a straight line.
 *
 * From the growth of differences: those two apart have 1 + rho times the variance of those one apart. A level shift
 * touches three differences only, and the largest twentieth is left out, so shifts do not look like likeness.
 *
 * @param scores - Summing to 0; read only.
 * @returns 0 where it cannot be told from 0 at 5 %: with 60 values below 0.48.
 */
export function likenessOf(scores: Float64Array): number {
  const one = meanSquareDifference(scores, 1);
  if (!(one > 0)) return 0;
  const likeness = meanSquareDifference(scores, 2) / one - 1;
  return likeness < leastLikeness / Math.sqrt(scores.length) ? 0 : likeness;
}

/** 1.645 times the deviation of the estimate for independent normal values, which is 1.5 / sqrt(n) by simulation. */
const leastLikeness = 2.4;
const trimmed = 0.05;

function meanSquareDifference(scores: Float64Array, lag: number): number {
  const squares = scores.subarray(lag).map((score, i) => (score - (scores[i] as number)) ** 2);
  squares.sort();
  const kept = squares.subarray(0, Math.max(1, squares.length - Math.ceil(trimmed * squares.length)));
  let sum = 0;
  for (const square of kept) sum += square;
  return sum / kept.length;
}

/**
 * How alike neighbours are around two levels, that of a stretch and that of the rest. In [0, 0.9].
 *
 * @param stretch - Its first value, and one past its last.
 */
export function likenessAround(scores: Float64Array, { from, to }: { from: number; to: number }): number {
  const inside = scores.subarray(from, to).reduce((sum, score) => sum + score, 0);
  const outside = scores.reduce((sum, score) => sum + score, 0) - inside;
  const [within, without] = [inside / (to - from), outside / (scores.length - (to - from))];
  const residuals = Array.from(scores, (score, i) => score - (i >= from && i < to ? within : without));
  return serialCorrelation(residuals, 2);
}
