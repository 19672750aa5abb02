import { quantileSorted } from 'simple-statistics';
import { ascending, median } from '../quantile.js';
import type { Segment } from './segments.js';

/**
 * Values that are far from the level they belong to while their neighbours are not far to the same side.
 *
 * Far is more than 3.5 modified z-scores: deviations over 1.4826 times their median size, all in fractions of their
 * level where every level has one.
 *
 * @param segments - Of `segmentsOf`, covering all values; read only.
 * @returns Ascending indexes.
 *
 * Cost: O(n log n).
 * Source: Iglewicz & Hoaglin 1993, "How to Detect and Handle Outliers", ASQC.
 */
export function outliersOf(values: readonly number[], segments: readonly Segment[]): number[] {
  const relative = segments.every(({ level }) => level > 0);
  const deviations = segments.flatMap(({ from, to, level }) =>
    values.slice(from, to + 1).map((value) => (value - level) / (relative ? level : 1)),
  );
  if (deviations.length < fewestValues) return [];
  const usual = quantileSorted(ascending(deviations.map(Math.abs)), 0.5) * 1.4826;
  // Where most values are equal, those that are not stand out by any difference; the rounding of a double does not.
  const scale = Math.max(usual, 1e-12 * (relative ? 1 : median(values.map(Math.abs))));
  const side = deviations.map((deviation) => (Math.abs(deviation) > 3.5 * scale ? Math.sign(deviation) : 0));
  return side.flatMap((far, i) => {
    const stays = far === side[i - 1] || far === side[i + 1];
    return far !== 0 && !stays ? [i] : [];
  });
}

/** Of fewer no usual size can be told. */
const fewestValues = 5;
