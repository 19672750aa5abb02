import { shortestSegment } from './best-split.js';

/** A stretch within a series that differs most from what is before and after it. */
export interface Arc {
  /** Its first value, and one past its last. */
  readonly from: number;
  readonly to: number;
  /** Square of the standardised difference of its sum from that of the rest. */
  readonly gain: number;
}

/**
 * The arc with the greatest gain: a change that was taken back, which a single split hardly sees. It and what is before
 * and after it have at least 3 values each.
 *
 * @param scores - Summing to 0, shape (n); read only.
 * @returns A gain of 0 if n is below 9 or all scores are equal.
 *
 * Cost: O(n^2).
 * Source: Olshen, Venkatraman, Lucito & Wigler 2004, "Circular binary segmentation for the analysis of array-based DNA
 * copy number data", Biostatistics 5(4).
 */
export function bestArc(scores: Float64Array): Arc {
  const n = scores.length;
  const sums = new Float64Array(n + 1);
  let squares = 0;
  for (const [i, score] of scores.entries()) {
    sums[i + 1] = (sums[i] as number) + score;
    squares += score * score;
  }
  let best: Arc = { from: 0, to: n, gain: 0 };
  if (!(squares > 0)) return best;
  const weights = Float64Array.from(
    { length: n },
    (_, size) => (n * (n - 1)) / (squares * size * (n - size)),
  );
  for (let from = shortestSegment; from <= n - 2 * shortestSegment; from++) {
    const before = sums[from] as number;
    for (let to = from + shortestSegment; to <= n - shortestSegment; to++) {
      const sum = (sums[to] as number) - before;
      const gain = sum * sum * (weights[to - from] as number);
      if (gain > best.gain) best = { from, to, gain };
    }
  }
  return best;
}
