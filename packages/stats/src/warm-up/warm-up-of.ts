import type { WarmUpClass } from '@perf/schema';
import { median } from '../quantile.js';
import { requirePositiveSample } from '../sample-rules.js';
import { meanAndVarianceStretches, type Stretch } from './mean-and-variance.js';
import { withoutOutliers } from './without-outliers.js';

/** The speed of one process over its batches. */
export interface WarmUp {
  readonly class: WarmUpClass;
  /** First batch of the steady state; absent where there is none. */
  readonly steadyFrom?: number;
  /** Batches that were left out as outliers. */
  readonly outliers: number;
  /** Stretches of one speed: first and last batch, and the geometric mean of the time in it, in the unit of the times. */
  readonly segments: { readonly from: number; readonly to: number; readonly level: number }[];
}

/** Fewer batches than this have no class. */
const FEWEST = 20;
/** Longer series are thinned to this by medians of neighbours before they are cut. */
const MOST = 500;
/** Speeds this near to the last one count as the same; as far as this if its own deviation is so large. */
const SAME = Math.log(1.05);
const SAME_AT_MOST = Math.log(1.1);
/** Changes below a thousandth are not looked for. */
const LEAST = 0.001;
/** The steady state has to cover this part of the series, at its end. */
const STEADY_SHARE = 1 / 4;

/**
 * Classifies how a process warmed up, after Barrett et al.:
 *
 * 1. outliers are left out (`withoutOutliers`);
 * 2. the logarithms of the times are cut where their mean or variance changes (`meanAndVarianceStretches`);
 * 3. a segment is like the last one if their means are within 5 %, or within the deviation of the last one but 10 %;
 * 4. `no-steady-state` if a segment that reaches into the last quarter is not like the last one; else `flat` if all
 *    are like it; else `slow-down` if one is faster; else `warm-up`.
 *
 * @param times - Time per operation of each batch, from the very first on, > 0; read only.
 * @returns Undefined for fewer than 20 batches.
 * @throws {SampleError} `stats/too-few`, `stats/not-finite`, `stats/not-positive`.
 *
 * Cost: at most that of `meanAndVarianceStretches` for 500 values.
 * Source: Barrett et al. 2017, "Virtual Machine Warmup Blows Hot and Cold", sections 4.2 and 4.3. Theirs are absolute
 * times of a second and more, and `like` is within a millisecond or the variance; ours are ratios.
 */
export function warmUpOf(times: readonly number[]): WarmUp | undefined {
  requirePositiveSample(times, 'the batches');
  if (times.length < FEWEST) return undefined;
  const kept = withoutOutliers(times);
  const per = Math.ceil(kept.length / MOST);
  const thinned = Array.from({ length: Math.floor(kept.length / per) }, (_, i) =>
    Math.log(median(kept.slice(i * per, (i + 1) * per).map((index) => times[index] as number))),
  );
  const stretches = meanAndVarianceStretches(thinned, LEAST);
  const last = stretches.at(-1) as Stretch;
  const near = Math.min(SAME_AT_MOST, Math.max(SAME, last.deviation));
  const likeLast = stretches.map(({ mean }) => Math.abs(mean - last.mean) <= near);
  const lastUnlike = likeLast.lastIndexOf(false);
  const batchAt = (place: number) => kept[place * per] as number;
  const segments = stretches.map(({ from, to, mean }, i) => ({
    from: batchAt(from),
    to: i === stretches.length - 1 ? times.length - 1 : batchAt(to) - 1,
    level: Math.exp(mean),
  }));
  const steadyAt = stretches[lastUnlike + 1]?.from ?? 0;
  const isSteady = steadyAt <= thinned.length * (1 - STEADY_SHARE);
  const fasterBefore = stretches.some(({ mean }, i) => !likeLast[i] && mean < last.mean);
  const name = !isSteady
    ? 'no-steady-state'
    : lastUnlike === -1
      ? 'flat'
      : fasterBefore
        ? 'slow-down'
        : 'warm-up';
  return {
    class: name,
    ...(isSteady && { steadyFrom: batchAt(steadyAt) }),
    outliers: times.length - kept.length,
    segments,
  };
}
