import { shortestSegment } from './best-split.js';
import type { TestedSplit } from './place-of-split.js';

/** Figures that one more line takes: its level, its slope and where it begins; a level has no slope. */
const FIGURES_OF_LINE = 3;
const FIGURES_OF_LEVEL = 2;
const MOST_LINES = 15;

/** A series as lines. */
export interface Bends {
  /** By index. */
  readonly splits: TestedSplit[];
  /** Schwarz's criterion: of two descriptions the one with less is the better. */
  readonly criterion: number;
}

/**
 * Where a series that is smooth begins to go another way: it is fitted by lines, with as many of them as are worth their
 * figures by Schwarz's criterion.
 *
 * @param values - In order of time, finite, some tens to a thousand; read only.
 * @param valuesInOne - How many of them say as much as an independent one, as neighbours are alike around the lines.
 * @param confidence - Of the intervals of the places, in (0, 1).
 * @returns p is that of the bend against one line through it and its neighbours, times the places it might
 *   have been at.
 *
 * Cost: O(n^2) for each of up to 15 lines.
 * Source: Bai & Perron 2003, "Computation and analysis of multiple structural change models", Journal of Applied
 * Econometrics 18(1).
 */
export function bendsOf(values: readonly number[], valuesInOne: number, confidence: number): Bends {
  const residual = residualsOf(values);
  const { cuts, criterion } = bestCuts(values.length, valuesInOne, residual);
  const splits = cuts.map((index, i) => {
    const [from, to] = [cuts[i - 1] ?? 0, cuts[i + 1] ?? values.length];
    const parted = (at: number) => residual(from, at) + residual(at, to);
    const best = parted(index);
    // Twice the log likelihood lost by leaving the bend out, and by moving it.
    const lost = (other: number) => ((to - from) * Math.log(Math.max(1, other / best))) / valuesInOne;
    const allowed = -2 * Math.log(1 - Math.sqrt(confidence));
    let [low, high] = [index, index];
    while (low - 1 >= from + shortestSegment && lost(parted(low - 1)) <= allowed) low -= 1;
    while (high + 1 <= to - shortestSegment && lost(parted(high + 1)) <= allowed) high += 1;
    return { index, low, high, p: Math.min(1, chiSquareTail(lost(residual(from, to))) * (to - from)) };
  });
  return { splits, criterion };
}

/** The criterion for levels between these places, with as many as there are. */
export function criterionOfLevels(
  values: readonly number[],
  starts: readonly number[],
  valuesInOne: number,
): number {
  const n = values.length;
  const squares = [0, ...starts].reduce((sum, from, i) => {
    const level = values.slice(from, starts[i] ?? n);
    const mean = level.reduce((total, value) => total + value, 0) / level.length;
    return sum + level.reduce((total, value) => total + (value - mean) ** 2, 0);
  }, 0);
  return criterionOf(squares, n, (starts.length + 1) * FIGURES_OF_LEVEL, valuesInOne);
}

function criterionOf(squares: number, n: number, figures: number, valuesInOne: number): number {
  return (n * Math.log(squares / n)) / valuesInOne + figures * Math.log(n);
}

/** P(X > x) of a chi-square distribution with 2 degrees: the level and the slope. */
function chiSquareTail(x: number): number {
  return Math.exp(-x / 2);
}

/** The fewest squares left around a line, for any stretch in O(1). */
function residualsOf(values: readonly number[]): (from: number, to: number) => number {
  const n = values.length;
  const center = values.reduce((sum, value) => sum + value, 0) / n;
  const sums = Array.from({ length: 3 }, () => new Float64Array(n + 1)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (const [i, raw] of values.entries()) {
    const value = raw - center;
    for (const [sum, term] of [value, value * value, i * value].entries()) {
      (sums[sum] as Float64Array)[i + 1] = (sums[sum]?.[i] as number) + term;
    }
  }
  const [plain, squares, crossed] = sums;
  const total = squares[n] as number;
  return (from, to) => {
    const count = to - from;
    const middle = (from + to - 1) / 2;
    const sum = (plain[to] as number) - (plain[from] as number);
    const across = (crossed[to] as number) - (crossed[from] as number) - middle * sum;
    const width = (count * (count * count - 1)) / 12;
    const left =
      (squares[to] as number) - (squares[from] as number) - (sum * sum) / count - across ** 2 / width;
    // Below it is rounding.
    return Math.max(left, 1e-12 * total);
  };
}

/** The ends of lines, by dynamic programming over their number. */
function bestCuts(
  n: number,
  valuesInOne: number,
  residual: (from: number, to: number) => number,
): { cuts: number[]; criterion: number } {
  let least = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
  least[0] = 0;
  const starts: Int32Array[] = [];
  let best = { criterion: Number.POSITIVE_INFINITY, lines: 1 };
  for (let lines = 1; lines <= MOST_LINES && lines * shortestSegment <= n; lines++) {
    const next = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY);
    const start = new Int32Array(n + 1);
    for (let to = lines * shortestSegment; to <= n; to++) {
      for (let from = (lines - 1) * shortestSegment; from <= to - shortestSegment; from++) {
        const sum = (least[from] as number) + residual(from, to);
        if (sum < (next[to] as number)) {
          next[to] = sum;
          start[to] = from;
        }
      }
    }
    starts.push(start);
    least = next;
    const criterion = criterionOf(least[n] as number, n, lines * FIGURES_OF_LINE, valuesInOne);
    if (criterion < best.criterion) best = { criterion, lines };
  }
  const cuts: number[] = [];
  for (let lines = best.lines, to = n; lines > 1; lines--) {
    to = starts[lines - 1]?.[to] as number;
    cuts.unshift(to);
  }
  return { cuts, criterion: best.criterion };
}
