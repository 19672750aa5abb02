import { normalFrom, seededRandom } from '../seeded-random.js';
import { bestArc } from './best-arc.js';
import { bestSplit } from './best-split.js';
import { chanceOfMaximum, type Searched } from './chance-of-maximum.js';

/** How the chance is drawn. */
export interface DrawOptions {
  /** Rearrangements, >= 1; p is never below 1 / (rounds + 1). */
  readonly rounds: number;
  readonly seed: number;
  /** What p will be held against: where `chanceOfMaximum` leaves no doubt about that, nothing is drawn. */
  readonly significance?: number;
}

/**
 * Chance of a best gain of at least this much if the series had one level.
 *
 * The same values are put in other orders, and the best gain of each is found anew: that the place was chosen is part of
 * the chance. Independent values are put in any order alike. Values whose neighbours are alike are put in the orders of
 * a random series with that likeness, AR(1): an honest noise of long waves has good splits too.
 *
 * Drawing stops early once p is clearly above what anyone calls significant. Long series are not drawn, nor those of some
 * length that are clear: of them `chanceOfMaximum` knows the chance.
 *
 * @param scores - Normal ones, shape (n); read only.
 * @param gain - The best of the scores as they are.
 * @param searched - What it is the best of.
 * @param alike - Correlation of neighbours, in [0, 1).
 * @returns p in (0, 1]; of long series at least 1e-300.
 *
 * Cost: up to 300 values O(rounds * n log n) for splits and O(rounds * n^2) for arcs; beyond, O(1).
 * Source: Phipson & Smyth 2010, arXiv:1603.05766 (why p is never zero); Besag & Clifford 1991, Biometrika 78(2)
 * (stopping early).
 */
export function chanceOfGain(
  scores: Float64Array,
  gain: number,
  searched: Searched,
  { rounds, seed, significance, alike }: DrawOptions & { readonly alike: number },
): number {
  if (!(gain > 0)) return 1;
  const n = scores.length;
  if (n > SHORTEST_KNOWN) {
    const p = chanceOfMaximum(gain, searched, n, alike);
    const clear = significance !== undefined && (p < significance / CLEARLY || p > significance * CLEARLY);
    if (n > LONGEST_DRAWN || clear) return Math.max(LEAST, p);
  }
  const best = searched === 'splits' ? bestSplit : bestArc;
  const random = seededRandom(seed);
  const arranged = Float64Array.from(scores);
  const arrange = alike > 0 ? alikeOrder(arranged, alike, random) : () => shuffle(arranged, random);
  // Of rearrangements with the same gain, rounding must not make some a little smaller.
  const reached = gain * (1 - 1e-12);
  const enough = Math.max(20, Math.ceil(rounds / 10));
  let exceeding = 0;
  for (let round = 1; round <= rounds; round++) {
    arrange();
    if (best(arranged).gain >= reached) exceeding += 1;
    if (exceeding === enough) return exceeding / round;
  }
  return (exceeding + 1) / (rounds + 1);
}

/** Of more values the approximation is as good as the draws. */
const LONGEST_DRAWN = 300;
/** Of fewer it is far off. */
const SHORTEST_KNOWN = 60;
/** By this factor it is not. */
const CLEARLY = 20;
/** A double may hold less, but a reader takes 0 for certainty. */
const LEAST = 1e-300;

/** Fisher and Yates. */
function shuffle(values: Float64Array, random: () => number): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const moved = values[i] as number;
    values[i] = values[j] as number;
    values[j] = moved;
  }
}

/** Puts the values in the order of the ranks of an AR(1) series. */
function alikeOrder(values: Float64Array, alike: number, random: () => number): () => void {
  const sorted = Float64Array.from(values).sort();
  const series = new Float64Array(values.length);
  const order = Uint32Array.from(values, (_, i) => i);
  const fresh = Math.sqrt(1 - alike * alike);
  return () => {
    let last = normalFrom(random);
    for (let i = 0; i < series.length; i++) {
      series[i] = last;
      last = alike * last + fresh * normalFrom(random);
    }
    order.sort((a, b) => (series[a] as number) - (series[b] as number));
    for (const [rank, at] of order.entries()) values[at] = sorted[rank] as number;
  };
}
