import { probit, quantileSorted } from 'simple-statistics';
import { median } from '../quantile.js';
import { SampleError } from '../sample-error.js';
import { requireConfidence, requireSample } from '../sample-rules.js';
import { mannKendall } from './mann-kendall.js';
import { serialCorrelation, varianceInflation } from './serial-correlation.js';

/** How a series drifts, in fractions of its level, which is its median: 0.01 grows by 1 % of it per point. */
export interface TheilSen {
  readonly perPoint: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided p of the Mann–Kendall test against no drift. */
  readonly p: number;
}

/**
 * The slope of a series by Theil and Sen: the median of the slopes between all pairs of points.
 *
 * A quarter of the points may be wild without moving it far. The interval inverts the Mann–Kendall test. Neighbours that
 * are alike around the line widen the interval and raise p.
 *
 * @param values - In order of time, one unit, at least 3; read only.
 * @param confidence - In (0, 1). With few values the interval is the range of the slopes, and has less.
 * @throws {SampleError} `stats/too-few` below 3 values; `stats/not-finite`; `stats/not-positive` for a median of 0 or
 *   below, of which no fraction can be taken; `stats/out-of-range` for the confidence.
 *
 * Cost: O(n^2 log n) time, O(n^2) memory: 4 MB for 1,000 values.
 * Source: Sen 1968, "Estimates of the regression coefficient based on Kendall's tau", Journal of the American
 * Statistical Association 63.
 */
export function theilSen(values: readonly number[], confidence = 0.95): TheilSen {
  requireSample(values, 'the series');
  requireConfidence(confidence);
  if (values.length < fewestValues) {
    throw new SampleError(
      'stats/too-few',
      `A slope needs ${fewestValues} values; there are ${values.length}.`,
      {
        seen: values.length,
        remedy: 'Give more of the series.',
      },
    );
  }
  const level = median(values);
  if (!(level > 0)) {
    throw new SampleError(
      'stats/not-positive',
      `The series has the level ${level}; a slope is a fraction of it.`,
      {
        seen: level,
        remedy: 'Give values above 0.',
      },
    );
  }
  const slopes = pairSlopes(values);
  const slope = quantileSorted(slopes as unknown as number[], 0.5);
  const residuals = values.map((value, i) => value - slope * i);
  const inflation = varianceInflation(serialCorrelation(residuals, 2), values.length);
  const { deviation, p } = mannKendall(values, inflation);
  const reach = probit((1 + confidence) / 2) * deviation;
  const below = Math.floor((slopes.length - reach) / 2) - 1;
  const lowest = Math.max(0, below);
  return {
    perPoint: slope / level,
    low: (slopes[lowest] as number) / level,
    high: (slopes[slopes.length - 1 - lowest] as number) / level,
    p,
  };
}

const fewestValues = 3;

/** Ascending. */
function pairSlopes(values: readonly number[]): Float64Array {
  const n = values.length;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) slopes[at++] = ((values[j] as number) - (values[i] as number)) / (j - i);
  }
  return slopes.sort();
}
