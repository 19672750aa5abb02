import { evenly } from './distribution-chart.js';
import type { PlotPoint } from './plot.js';

/** More points than this on one line are closer together than pixels. */
const mostPoints = 300;

/**
 * A line with at most `most` points: of each stretch the lowest and the highest stay, and so do the ends and the gaps.
 *
 * For drawing only. Deterministic. Does not mutate. Cost: O(points).
 */
export function thinLine(points: readonly PlotPoint[], most: number = mostPoints): PlotPoint[] {
  if (points.length <= most) return [...points];
  const stretches = Math.max(1, Math.floor((most - 2) / 2));
  const kept = new Set([0, points.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = Math.floor((stretch * points.length) / stretches);
    const to = Math.floor(((stretch + 1) * points.length) / stretches);
    let [least, greatest] = [from, from];
    for (let index = from; index < to; index += 1) {
      const y = (points[index] as PlotPoint).y;
      if (!(y >= (points[least] as PlotPoint).y)) least = index;
      if (!(y <= (points[greatest] as PlotPoint).y)) greatest = index;
    }
    kept.add(least).add(greatest);
  }
  return [...kept].sort((a, b) => a - b).map((index) => points[index] as PlotPoint);
}

/**
 * At most `most` samples that are spread like all of them: sorted and evenly picked, the least and the greatest among
 * them. For drawing only. Cost: O(n log n).
 */
export function thinSamples(samples: readonly number[], most: number): number[] {
  const finite = samples.filter(Number.isFinite);
  return finite.length <= most
    ? finite
    : evenly(
        finite.toSorted((a, b) => a - b),
        most,
      );
}
