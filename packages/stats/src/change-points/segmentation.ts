import { bendsOf, criterionOfLevels } from './bends.js';
import { bestArc } from './best-arc.js';
import { bestSplit, shortestSegment } from './best-split.js';
import { chanceOfGain, type DrawOptions } from './chance-of-gain.js';
import { likenessAround, likenessError, likenessOf } from './likeness.js';
import { normalScores } from './normal-scores.js';
import { placeOfSplit, type TestedSplit } from './place-of-split.js';
import { isPlainStep } from './plain-step.js';
import { segmentsOf } from './segments.js';

export interface SegmentationOptions extends DrawOptions {
  /** A split counts if its p is at most this; in a long series of many stretches, at most a part of it. */
  readonly significance: number;
  /** Of the interval of its place. */
  readonly confidence: number;
}

/**
 * Above it a series is smoother than a random walk (1) and nearer to a line (3): it drifts, and cutting it into stairs
 * would say nothing. Plain steps are cut all the same; where there are none, bends are looked for.
 */
const smooth = 1.5;
/** Closer to a line than this it is a curve without noise, on which bends are everywhere and nowhere. */
const curve = 2.5;
/** Of fewer values the likeness is too uncertain for bends, and of more they take too long. */
const bending = { fewest: 20, most: 1000 };
/** Standard errors that the likeness of a series may be above its estimate. */
const MARGIN = 0.8;

/** A series while it is cut. */
interface Series {
  readonly values: readonly number[];
  /** How alike its neighbours are, whatever its levels. */
  readonly likeness: number;
  /** The most that they may be: what a stretch seems to have more of is levels. */
  readonly mostAlike: number;
  readonly options: SegmentationOptions;
  /** The best split of a stretch, tested; each is tested once. */
  readonly split: (from: number, to: number) => TestedSplit;
}

/**
 * Cuts a series into levels: the best split first, then each part again, until no part has a split, nor a stretch that
 * went and came back, that is not to be expected by chance. Then each cut is tried anew between its neighbours, and the
 * least sure is taken back, until all that are left hold.
 *
 * @param values - In order of time, finite; read only.
 * @returns By index, each with the stretch between its neighbours.
 *
 * Cost: that of `chanceOfGain` for at most some five times as many stretches as there are levels.
 * Source: the order of things is that of Matteson & James 2014, "A nonparametric approach for multiple change point
 * analysis of multivariate data", Journal of the American Statistical Association 109; taking back is that of Fryzlewicz
 * 2018, "Tail-greedy bottom-up data decompositions", Annals of Statistics 46(6B), in spirit.
 */
export function segmentation(values: readonly number[], options: SegmentationOptions): TestedSplit[] {
  const n = values.length;
  if (n < 2 * shortestSegment) return [];
  const likeness = likenessOf(normalScores(values));
  const steps = stepsOf(values, likeness, options);
  if (n < bending.fewest || n > bending.most) return steps;
  if (likeness >= smooth) {
    const isCurve = likeness >= curve;
    return steps.length > 0 || isCurve ? steps : bendsOf(values, SMOOTH_IN_ONE, options.confidence).splits;
  }
  const starts = steps.map(({ index }) => index);
  if (!isStaircase(values, starts)) return steps;
  const alike = Math.max(0, likeness);
  const valuesInOne = Math.min(SMOOTH_IN_ONE, alike < 1 ? (1 + alike) / (1 - alike) : SMOOTH_IN_ONE);
  const { splits, criterion } = bendsOf(values, valuesInOne, options.confidence);
  const simpler = splits.length < steps.length && criterion < criterionOfLevels(values, starts, valuesInOne);
  return simpler ? splits : steps;
}

/**
 * Around lines, neighbours of a smooth series are alike as in AR(1) with 0.6 at least: four values say as much as one
 * independent one.
 */
const SMOOTH_IN_ONE = 4;

/** So many steps in a row in one direction may be a slope. */
const FLIGHT = 2;

function isStaircase(values: readonly number[], starts: readonly number[]): boolean {
  const levels = segmentsOf(values, starts).map(({ level }) => level);
  const directions = levels.slice(1).map((level, i) => Math.sign(level - (levels[i] as number)));
  return directions.some((direction, i) =>
    Array.from({ length: FLIGHT }, (_, k) => directions[i + k]).every((other) => other === direction),
  );
}

function stepsOf(values: readonly number[], likeness: number, options: SegmentationOptions): TestedSplit[] {
  const mostAlike = Math.max(0, likeness + MARGIN * likenessError(values.length));
  const known = new Map<string, TestedSplit>();
  const split = (from: number, to: number): TestedSplit => {
    const key = `${from} ${to}`;
    const found = known.get(key) ?? testedSplit({ values, likeness, mostAlike, options }, from, to);
    known.set(key, found);
    return found;
  };
  let cuts = cut({ values, likeness, mostAlike, options, split }, 0, values.length).sort((a, b) => a - b);
  for (;;) {
    const splits: TestedSplit[] = [];
    for (const i of cuts.keys()) {
      // Each is placed anew, after the one before it: so they stay in order.
      splits.push(split(splits[i - 1]?.index ?? 0, cuts[i + 1] ?? values.length));
    }
    const leastSure = splits.reduce((worst, { p }, i) => (p > (splits[worst]?.p ?? 0) ? i : worst), 0);
    const stretch = (cuts[leastSure + 1] ?? values.length) - (splits[leastSure - 1]?.index ?? 0);
    if ((splits[leastSure]?.p ?? 0) <= significanceOf(stretch, values.length, options)) return splits;
    cuts = cuts.filter((_, i) => i !== leastSure);
  }
}

/** The share of the significance that the second look at a stretch, for a change that was taken back, may use up. */
const shareOfArcs = 1 / 4;

/** Stretches of a series up to this long are tested as if there were no others. */
const ALONE = 100;
/** The least part of the significance that a stretch gets: rearranging knows no p below 0.001. */
const LEAST_PART = 0.1;

/** A series of many levels has many stretches that may be wrong: each gets its part of what the series may be. */
function significanceOf(length: number, whole: number, { significance }: SegmentationOptions): number {
  return significance * Math.min(1, Math.max(LEAST_PART, Math.max(length, ALONE) / whole));
}

function cut(series: Series, from: number, to: number): number[] {
  const significance = significanceOf(to - from, series.values.length, series.options);
  if (to - from < 2 * shortestSegment) return [];
  const { index, p } = series.split(from, to);
  if (p <= significance) return [index, ...cut(series, from, index), ...cut(series, index, to)];
  if (series.likeness >= smooth) return [];
  const arc = testedArc(series, from, to);
  if (arc === undefined || arc.p > significance * shareOfArcs) return [];
  return [
    arc.from,
    arc.to,
    ...cut(series, from, arc.from),
    ...cut(series, arc.from, arc.to),
    ...cut(series, arc.to, to),
  ];
}

function testedArc(
  { values, mostAlike, options }: Series,
  from: number,
  to: number,
): { from: number; to: number; p: number } | undefined {
  const scores = normalScores(values.slice(from, to));
  const arc = bestArc(scores);
  if (!(arc.gain > 0)) return undefined;
  const alike = Math.min(mostAlike, likenessAround(scores, arc));
  const p = chanceOfGain(scores, arc.gain, 'arcs', { ...options, alike });
  return { from: from + arc.from, to: from + arc.to, p };
}

function testedSplit(
  { values, likeness, mostAlike, options }: Omit<Series, 'split'>,
  from: number,
  to: number,
): TestedSplit {
  const stretch = values.slice(from, to);
  const scores = normalScores(stretch);
  const split = bestSplit(scores);
  const place = placeOfSplit(stretch, scores, split, options.confidence);
  return { index: from + place.index, low: from + place.low, high: from + place.high, p: chanceOfSplit() };

  function chanceOfSplit(): number {
    const plain = isPlainStep(stretch, place.index);
    if (likeness >= smooth && !plain) return 1;
    const around = likenessAround(scores, { from: place.index, to: stretch.length });
    const alike = plain ? 0 : Math.min(mostAlike, around);
    return chanceOfGain(scores, split.gain, 'splits', { ...options, alike });
  }
}
