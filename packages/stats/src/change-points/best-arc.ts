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
 * Of more than 2,000 scores the ends are first sought on a grid of about 2,000 places, then around the best of them.
 *
 * Cost: O(n^2), at most 2 million pairs of ends at first and (n / 1000)^2 after.
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
  const none: Arc = { from: 0, to: n, gain: 0 };
  if (n < 3 * shortestSegment || !(squares > 0)) return none;
  const weights = Float64Array.from(
    { length: n },
    (_, size) => (n * (n - 1)) / (squares * size * (n - size)),
  );
  const gainOf = (from: number, to: number) => {
    const sum = (sums[to] as number) - (sums[from] as number);
    return sum * sum * (weights[to - from] as number);
  };
  const [first, last] = [shortestSegment, n - shortestSegment];
  const grid = Math.max(1, Math.ceil(n / MOST_PLACES));
  const coarse = bestWithin({ from: [first, last], to: [first, last], grid }, gainOf, none);
  if (grid === 1 || coarse === none) return coarse;
  const around = (place: number) => [Math.max(first, place - grid), Math.min(last, place + grid)] as const;
  return bestWithin({ from: around(coarse.from), to: around(coarse.to), grid: 1 }, gainOf, coarse);
}

/** Beyond it, all pairs of ends are too many. */
const MOST_PLACES = 2000;

/** Where the ends of an arc may be, and how far the places that are tried lie apart. */
interface Ends {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly grid: number;
}

function bestWithin(
  { from: [lowFrom, highFrom], to: [lowTo, highTo], grid }: Ends,
  gainOf: (from: number, to: number) => number,
  known: Arc,
): Arc {
  let best = known;
  for (let from = lowFrom; from <= highFrom; from += grid) {
    const nearest = from + shortestSegment;
    const start = nearest <= lowTo ? lowTo : lowTo + Math.ceil((nearest - lowTo) / grid) * grid;
    for (let to = start; to <= highTo; to += grid) {
      const gain = gainOf(from, to);
      if (gain > best.gain) best = { from, to, gain };
    }
  }
  return best;
}
