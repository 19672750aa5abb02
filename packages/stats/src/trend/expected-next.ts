import { type ChangePointOptions, changePoints } from '../change-points/change-points.js';
import type { Segment } from '../change-points/segments.js';
import { requireConfidence } from '../sample-rules.js';
import { studentQuantile } from '../student-t.js';
import { serialCorrelation } from './serial-correlation.js';

/** How the next value is foretold; every field has a default. */
export interface NextOptions extends Omit<ChangePointOptions, 'confidence'> {
  /** That an unchanged series gives a value within the bounds, in (0, 1). Default 0.996: 0.2 % beyond either. */
  readonly confidence?: number;
}

/** Where the next value of a series will lie if nothing changes. */
export interface ExpectedNext {
  /** In the unit of the values. */
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  /** Values of the present level that it rests on. */
  readonly basis: number;
}

/**
 * Where one new value of a series is expected, from its present level alone: what was before the last change says only
 * how far values scatter, where the present level is still short.
 *
 * Student's prediction interval, on logarithms where all values are above 0. Where neighbours are alike, the next value is
 * expected on the side of the last two.
 *
 * @param values - In order of time, one unit; read only.
 * @returns `undefined` for fewer than 5 values, and where all of the present level are equal: then any other value differs,
 *   and nothing says by how much is much.
 * @throws {SampleError} `stats/too-few` for none, `stats/not-finite`; `stats/out-of-range` for options.
 *
 * Cost: that of `changePoints`.
 * Source: Hahn & Meeker 1991, "Statistical Intervals", chapter 4. How often it is wrong about real runner noise:
 * `apps/arena`, `one-value`.
 */
export function expectedNext(
  values: readonly number[],
  { confidence = CONFIDENCE, ...options }: NextOptions = {},
): ExpectedNext | undefined {
  requireConfidence(confidence);
  return expectedAfter(values, changePoints(values, options).segments, confidence);
}

/** The same for a series whose levels are known. @param segments - Of `segmentsOf`, covering all values. */
export function expectedAfter(
  values: readonly number[],
  segments: readonly Segment[],
  confidence: number = CONFIDENCE,
): ExpectedNext | undefined {
  if (values.length < FEWEST) return undefined;
  const positive = values.every((value) => value > 0);
  const scale = positive ? Math.log : (value: number) => value;
  const levels = segments.map(({ from, to }) => aroundMean(values.slice(from, to + 1).map(scale)));
  const present = levels.at(-1) as Level;
  const before = levels.slice(0, -1).flatMap(({ residuals }) => residuals);
  const { variance, degrees } = scatterOf(present, before, levels.length - 1);
  if (!(variance > 0)) return undefined;
  const basis = present.residuals.length;
  const alike =
    basis > FEWEST_FOR_LIKENESS ? Math.min(MOST_ALIKE, serialCorrelation(present.residuals, 1)) : 0;
  const [last = 0, butOne = 0] = present.residuals.toReversed();
  const center = present.mean + (alike * (last + butOne)) / 2;
  const deviation = Math.sqrt(variance * (1 + 1 / basis) * (1 - alike * alike));
  const reach = deviation * studentQuantile(confidence, degrees);
  const back = positive ? Math.exp : (value: number) => value;
  return { expected: back(center), low: back(center - reach), high: back(center + reach), basis };
}

const CONFIDENCE = 0.996;
const FEWEST = 5;
const FEWEST_FOR_LIKENESS = 5;
/** More alike than this is a walk: its last step says where it is, not where it goes. */
const MOST_ALIKE = 0.8;
/** What the scatter of earlier levels counts for beside that of the present one: so many degrees of freedom. */
const BORROWED = 5;
/** Of earlier levels, so many values at most. */
const MOST_EARLIER = 100;

interface Level {
  readonly mean: number;
  readonly residuals: readonly number[];
}

function aroundMean(values: readonly number[]): Level {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, residuals: values.map((value) => value - mean) };
}

function scatterOf(
  present: Level,
  earlier: readonly number[],
  levelsBefore: number,
): { variance: number; degrees: number } {
  const squares = (residuals: readonly number[]) => residuals.reduce((sum, one) => sum + one * one, 0);
  const degrees = present.residuals.length - 1;
  const own = squares(present.residuals) / Math.max(1, degrees);
  const late = earlier.slice(-MOST_EARLIER);
  const lateDegrees = late.length - levelsBefore;
  if (lateDegrees < 2) return { variance: own, degrees };
  const borrowed = squares(late) / lateDegrees;
  return {
    variance: (degrees * own + BORROWED * borrowed) / (degrees + BORROWED),
    degrees: degrees + BORROWED,
  };
}
