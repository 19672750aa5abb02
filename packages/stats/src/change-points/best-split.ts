/** Where a series falls into two parts that differ most. */
export interface Split {
  /** First value of the second part. */
  readonly index: number;
  /** Square of the standardised difference of the two sums: how many variances it lies from none. */
  readonly gain: number;
}

/** Shortest part that is called a level: one or two values are outliers. */
export const shortestSegment = 3;

/**
 * The split with the greatest gain, among those that leave at least 3 values on both sides.
 *
 * @param scores - Summing to 0, shape (n), n >= 6; read only.
 * @returns A gain of 0 if all scores are equal.
 *
 * Cost: O(n).
 * Source: the standardised sum of Sen & Srivastava 1975, "On tests for detecting change in mean", Annals of Statistics
 * 3(1), on scores of ranks: Pettitt 1979, Applied Statistics 28(2).
 */
export function bestSplit(scores: Float64Array): Split {
  const n = scores.length;
  let best: Split = { index: shortestSegment, gain: 0 };
  const scale = (n * (n - 1)) / sumOfSquares(scores);
  if (!Number.isFinite(scale)) return best;
  let sum = 0;
  for (let index = 1; index <= n - shortestSegment; index++) {
    sum += scores[index - 1] as number;
    if (index < shortestSegment) continue;
    const gain = (sum * sum * scale) / (index * (n - index));
    if (gain > best.gain) best = { index, gain };
  }
  return best;
}

/** Gains of all splits, by index from `shortestSegment` to n - `shortestSegment`; the others are 0. */
export function allGains(scores: Float64Array): number[] {
  const n = scores.length;
  const scale = (n * (n - 1)) / sumOfSquares(scores);
  let sum = 0;
  return Array.from({ length: n }, (_, index) => {
    if (index > 0) sum += scores[index - 1] as number;
    const allowed = index >= shortestSegment && index <= n - shortestSegment && Number.isFinite(scale);
    return allowed ? (sum * sum * scale) / (index * (n - index)) : 0;
  });
}

function sumOfSquares(scores: Float64Array): number {
  let squares = 0;
  for (const score of scores) squares += score * score;
  return squares;
}
