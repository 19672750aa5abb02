import { clip } from '../terminal/display-width.js';
import { scaleOf } from '../words/quantity.js';
import { formatTick, roundSteps } from './axis.js';
import { evenly } from './distribution-chart.js';
import type { LinePlot, PlotAxis, PlotPoint } from './plot.js';

/** A mark on an axis: x or y of the drawing, and its text. */
interface Mark {
  readonly at: number;
  readonly label: string;
}

/** One series as SVG paths. */
interface DrawnSeries {
  readonly colour: number;
  readonly dashed: boolean;
  /** Of the line; empty where only dots are drawn. */
  readonly line: string;
  /** Of the intervals. */
  readonly bars: string;
  readonly dots: readonly { readonly x: number; readonly y: number; readonly title: string }[];
}

/** The geometry of a plot, in user units of its view box. */
export interface LineChart {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly xTicks: readonly Mark[];
  readonly yTicks: readonly Mark[];
  readonly xTitle: string;
  readonly yTitle: string;
  readonly marks: readonly {
    readonly x: number;
    readonly from: number;
    readonly width: number;
    readonly label: string;
  }[];
  readonly series: readonly DrawnSeries[];
}

const frame = { width: 400, height: 216, left: 58, right: 388, top: 26, bottom: 172 };
/** A dot for each point is drawn up to here; a line says enough beyond. */
const mostDots = 120;
const labelColumns = 9;
const mostLabels = 5;

/** Where the values of an axis lie between two places of the drawing. */
interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly Mark[];
}

/** The drawing of a plot. Cost: O(points). */
export function lineChart(plot: LinePlot): LineChart {
  const points = plot.series.flatMap((series) => series.points).filter((point) => drawable(point, plot));
  const marks = plot.marks ?? [];
  const x = scale(
    [
      ...points.map((point) => point.x),
      ...marks.flatMap((mark) => [mark.x, mark.from ?? mark.x, mark.to ?? mark.x]),
    ],
    plot.x,
    frame.left,
    frame.right,
  );
  const y = scale(
    points.flatMap(({ y: value, low, high }) => [value, low ?? value, high ?? value]),
    plot.y,
    frame.bottom,
    frame.top,
  );
  return {
    ...frame,
    xTicks: x.ticks,
    yTicks: y.ticks,
    xTitle: plot.x.title,
    yTitle: plot.y.title,
    marks: marks.map(({ x: at, from = at, to = at, label }) => ({
      x: x.at(at),
      from: x.at(from),
      width: Math.max(1, x.at(to) - x.at(from)),
      label,
    })),
    series: plot.series.map(({ name, draw, colour, dashed = false, points: all }) => {
      const kept = all.filter((point) => drawable(point, plot));
      return {
        colour,
        dashed,
        line: draw === 'dots' ? '' : path(all, plot, x, y),
        bars: kept
          .map(({ x: at, low, high }) =>
            low === undefined || high === undefined ? '' : `M${x.at(at)} ${y.at(low)}V${y.at(high)}`,
          )
          .join(''),
        dots:
          draw === 'line'
            ? []
            : evenly(kept, mostDots).map((point) => ({
                x: x.at(point.x),
                y: y.at(point.y),
                title: `${point.label ?? name}: ${tickText(point.y, plot.y)}`,
              })),
      };
    }),
  };
}

function drawable({ x, y }: PlotPoint, plot: LinePlot): boolean {
  return Number.isFinite(x) && Number.isFinite(y) && !(plot.x.log && x <= 0) && !(plot.y.log && y <= 0);
}

/** A path that begins anew after each gap. */
function path(points: readonly PlotPoint[], plot: LinePlot, x: Scale, y: Scale): string {
  let command = 'M';
  return points
    .map((point) => {
      if (!drawable(point, plot)) {
        command = 'M';
        return '';
      }
      const step = `${command}${x.at(point.x)} ${y.at(point.y)}`;
      command = 'L';
      return step;
    })
    .join('');
}

function scale(values: readonly number[], axis: PlotAxis, start: number, end: number): Scale {
  const [low, high] = rangeOf(values, axis);
  const [from, to] = axis.log ? [Math.log10(low), Math.log10(high)] : [low, high];
  const at = (value: number): number => {
    const place = axis.log ? Math.log10(Math.max(value, low)) : value;
    const share = Math.min(1, Math.max(0, (place - from) / (to - from)));
    return Math.round((start + share * (end - start)) * 10) / 10;
  };
  return { at, ticks: ticksOf(low, high, axis).map(({ value, label }) => ({ at: at(value), label })) };
}

/** What the axis spans: the values and a little more. */
function rangeOf(values: readonly number[], { zero, log, labels }: PlotAxis): [number, number] {
  const finite = values.filter(Number.isFinite);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of finite) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (finite.length === 0) [low, high] = log ? [1, 10] : [0, 1];
  if (log) return [low / 1.25, high * 1.25];
  if (labels !== undefined) return [Math.min(low, 0) - 0.5, Math.max(high, labels.length - 1) + 0.5];
  if (zero) [low, high] = [Math.min(0, low), Math.max(0, high)];
  const space = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
  return [zero && low === 0 ? 0 : low - space, high + space];
}

function ticksOf(low: number, high: number, axis: PlotAxis): { value: number; label: string }[] {
  if (axis.labels !== undefined) {
    const places = evenly(
      axis.labels.map((label, value) => ({ value, label: clip(label, labelColumns) })),
      mostLabels,
    );
    return places;
  }
  if (axis.log) return logSteps(low, high).map((value) => ({ value, label: tickText(value, axis) }));
  const { factor } = scaleOf(Math.max(Math.abs(low), Math.abs(high)), axis.unit);
  return roundSteps(low / factor, high / factor).map((value) => ({
    value: value * factor,
    label: formatTick(value, factor, axis.unit),
  }));
}

/** Powers of ten in a range, with 2 and 5 times of them where they are few. */
function logSteps(low: number, high: number): number[] {
  const exponents = Array.from(
    { length: Math.ceil(Math.log10(high)) - Math.floor(Math.log10(low)) + 1 },
    (_, index) => Math.floor(Math.log10(low)) + index,
  );
  const multiples = exponents.length > 4 ? [1] : [1, 2, 5];
  const steps = exponents.flatMap((exponent) => multiples.map((multiple) => multiple * 10 ** exponent));
  return evenly(
    steps.filter((step) => step >= low && step <= high),
    7,
  );
}

function tickText(value: number, { unit }: PlotAxis): string {
  const { factor } = scaleOf(value, unit);
  return formatTick(Number((value / factor).toPrecision(4)), factor, unit);
}
