import type { ChangePoint } from '@perf/schema';
import { requireConfidence, requireFraction, requireSample, requireThreshold } from '../sample-rules.js';
import type { TestedSplit } from './place-of-split.js';
import { segmentation } from './segmentation.js';
import { levelRatio, type Segment, segmentsOf } from './segments.js';

/** How change points are looked for; every field has a default. */
export interface ChangePointOptions {
  /** Share of unchanged series, in (0, 1), that may be called changed. Default 0.02. */
  readonly significance?: number;
  /** Of the interval of a change's place, in (0, 1). Default 0.95. */
  readonly confidence?: number;
  /** Of the rearrangements. Default 1. The same seed gives the same answer. */
  readonly seed?: number;
  /** Least difference of two levels, as a fraction of the smaller, that makes a change. Default 0: any that is sure. */
  readonly leastChange?: number;
  /** Rearrangements per test. Default 999: no p is below 0.001. */
  readonly rounds?: number;
}

/** The levels of a series, and where it went from one to the next. */
export interface Levels {
  readonly segments: Segment[];
  readonly changePoints: ChangePoint[];
}

/**
 * Where the level of a series changed.
 *
 * Levels have at least 3 values: with fewer than 6 values none can be found, which is not to say that there is none.
 * Works on ranks: changes of unit and other stretching leave the places as they are. A series of noise whose neighbours
 * are alike is held against such noise. One that is smoother than a random walk drifts and is not cut into levels; of 20
 * to 1,000 of its values, the places are given where it bends, unless it is a curve without noise. A step ten times as
 * large as the spread around it counts whatever its neighbours are like.
 *
 * @param values - In order of time, one unit; read only.
 * @throws {SampleError} `stats/too-few` for none, `stats/not-finite`; `stats/out-of-range` for options.
 *
 * Cost: of stretches up to 300 values O(rounds * n) for each split and O(rounds * n^2) where there is none, of which
 * drawing stops early; of longer ones O(n log n), and O(n^2) up to 2,000 values where there is no split.
 * Source: see `segmentation`, `chanceOfGain`, `placeOfSplit`.
 */
export function changePoints(values: readonly number[], options: ChangePointOptions = {}): Levels {
  const { significance = 0.02, confidence = 0.95, seed = 1, rounds = 999, leastChange = 0 } = options;
  requireSample(values, 'the series');
  requireConfidence(confidence);
  requireFraction(significance, 'significance');
  requireThreshold(leastChange);
  const found = segmentation(values, {
    significance,
    confidence,
    seed,
    rounds: Math.max(1, Math.floor(rounds)),
  });
  const splits = largeEnough(values, found, leastChange);
  const segments = segmentsOf(
    values,
    splits.map(({ index }) => index),
  );
  return {
    segments,
    changePoints: splits.map(({ index, low, high, p }, i) => {
      const [before, after] = [segments[i] as Segment, segments[i + 1] as Segment];
      return { index, low, high, interval: [low, high], ratio: levelRatio(before.level, after.level), p };
    }),
  };
}

/** Without the splits between levels that differ by less: the least of them goes first, as it makes one of two levels. */
function largeEnough(
  values: readonly number[],
  splits: readonly TestedSplit[],
  leastChange: number,
): readonly TestedSplit[] {
  if (leastChange === 0) return splits;
  const levels = segmentsOf(
    values,
    splits.map(({ index }) => index),
  ).map(({ level }) => level);
  const changes = splits.map((_, i) => {
    const [before, after] = [levels[i] as number, levels[i + 1] as number];
    return Math.abs(after - before) / Math.min(Math.abs(before), Math.abs(after));
  });
  const least = changes.reduce(
    (smallest, change, i) => (change < (changes[smallest] as number) ? i : smallest),
    0,
  );
  if (splits.length === 0 || (changes[least] as number) >= leastChange) return splits;
  return largeEnough(
    values,
    splits.filter((_, i) => i !== least),
    leastChange,
  );
}
