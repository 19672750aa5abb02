import type { Trend, TrendSeries } from '@perf/schema';
import { shortestSegment } from '../change-points/best-split.js';
import { type ChangePointOptions, changePoints } from '../change-points/change-points.js';
import { outliersOf } from '../change-points/outliers.js';
import type { Segment } from '../change-points/segments.js';
import { type ExpectedNext, expectedAfter, expectedNext } from './expected-next.js';
import { type TheilSen, theilSen } from './theil-sen.js';

/** A series as it was measured: what `trendOf` works out is left out. */
export type SeriesInput = Omit<
  TrendSeries,
  'values' | 'segments' | 'changePoints' | 'outliers' | 'slope' | 'newest'
> & {
  readonly values: readonly number[];
};

/** Fewer say nothing of a slope: 4 values in order have a p of 0.08. */
const fewestForSlope = 5;
/** A slope takes all pairs: of a longer stretch its latest part is taken. */
const mostForSlope = 1000;
/** The latest values tell where the next one is expected. */
const mostForNewest = 300;

/**
 * How series developed: levels, changes, outliers, the slope within the last level, and where the last value was expected.
 *
 * The slope is that of the last segment, so that a step is not taken for a drift; of more than 1,000 values the last
 * 1,000. It is absent for fewer than 5 values and for levels of 0 or below.
 *
 * @param inputs - Each with at least one value, in order of time; read only.
 * @returns Series in the order of the inputs; no alerts, which `nextAlerts` works out.
 * @throws {SampleError} `stats/too-few` for a series without values, `stats/not-finite`.
 *
 * Cost: that of `changePoints` and of `theilSen` for each.
 */
export function trendOf(inputs: readonly SeriesInput[], options: ChangePointOptions = {}): Trend {
  return {
    schema: 'perf/trend@1',
    series: inputs.map((input) => developed(input, options)),
    alerts: [],
  };
}

function developed(input: SeriesInput, options: ChangePointOptions): TrendSeries {
  const { segments, changePoints: changes } = changePoints(input.values, options);
  const slope = slopeOf(input.values, segments.at(-1), options.confidence);
  const newest = newestOf(input.values, segments, options);
  return {
    ...input,
    values: [...input.values],
    segments,
    changePoints: changes,
    outliers: outliersOf(input.values, segments),
    ...(slope === undefined ? {} : { slope }),
    ...(newest === undefined ? {} : { newest }),
  };
}

/**
 * Where the last value was expected. The levels are those of the whole series, which were worked out already, unless the
 * last one is so short that it is there by the last value alone.
 */
function newestOf(
  values: readonly number[],
  segments: readonly Segment[],
  { significance, seed, rounds }: ChangePointOptions,
): ExpectedNext | undefined {
  const before = values.slice(0, -1);
  const last = segments.at(-1);
  if (before.length === 0 || last === undefined) return undefined;
  if (last.to - last.from >= shortestSegment) {
    return expectedAfter(before, [...segments.slice(0, -1), { ...last, to: last.to - 1 }]);
  }
  return expectedNext(before.slice(-mostForNewest), {
    ...(significance !== undefined && { significance }),
    ...(seed !== undefined && { seed }),
    ...(rounds !== undefined && { rounds }),
  });
}

function slopeOf(
  values: readonly number[],
  last: Segment | undefined,
  confidence: number | undefined,
): TheilSen | undefined {
  if (last === undefined || !(last.level > 0)) return undefined;
  const stretch = values.slice(last.from).slice(-mostForSlope);
  if (stretch.length < fewestForSlope) return undefined;
  const slope = theilSen(stretch, confidence);
  return [slope.perPoint, slope.low, slope.high].every(Number.isFinite) ? slope : undefined;
}
