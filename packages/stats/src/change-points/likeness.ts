import { serialCorrelation } from '../trend/serial-correlation.js';

/**
 * How alike neighbours of a series are, as far as its levels do not explain it: 0 for independent values, 1 for a
 * random walk, 3 for a straight line.
 *
 * From the growth of differences: those two apart have 1 + rho times the variance of those one apart. A level shift
 * touches three differences only, and the largest twentieth is left out, so shifts do not look like likeness.
 *
 * @param scores - Summing to 0; read only.
 * @returns With a standard error of about `likenessError`. Below 0 where neighbours differ.
 */
export function likenessOf(scores: Float64Array): number {
  const one = meanSquareDifference(scores, 1);
  if (!(one > 0)) return 0;
  return meanSquareDifference(scores, 2) / one - 1;
}

/** The standard error of `likenessOf` for n values: for independent normal ones, by simulation. */
export function likenessError(n: number): number {
  return 1.5 / Math.sqrt(n);
}

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
 * The place of the two levels was chosen so that as little as possible is left around them, and with it goes a part of
 * the likeness: this much over n of it, by simulation for n from 20 to 300 and correlations up to 0.9.
 */
const takenBySearch = 9;
/** Closer to 1 the series is a random walk, and no level describes it. */
const largest = 0.95;

/**
 * How alike neighbours are around two levels, that of a stretch and that of the rest. In [0, 0.95].
 *
 * @param stretch - Its first value, and one past its last.
 */
export function likenessAround(scores: Float64Array, { from, to }: { from: number; to: number }): number {
  const inside = scores.subarray(from, to).reduce((sum, score) => sum + score, 0);
  const outside = scores.reduce((sum, score) => sum + score, 0) - inside;
  const [within, without] = [inside / (to - from), outside / (scores.length - (to - from))];
  const residuals = Array.from(scores, (score, i) => score - (i >= from && i < to ? within : without));
  const n = scores.length;
  const left = Math.max(1 - takenBySearch / n, 1 / 4);
  return Math.min(largest, serialCorrelation(residuals, 2) / left);
}
