import { type DisplayUnit, formatQuantity } from '../words/quantity.js';
import { type Axis, axisOf } from './axis.js';
import { evenly } from './distribution-chart.js';

/** The values of one side's processes. */
export interface Side {
  readonly label: string;
  readonly values: readonly number[];
  /** Interval and middle, where the documents hold them. */
  readonly interval?: { readonly low: number; readonly high: number; readonly estimate: number } | undefined;
  readonly center?: number | undefined;
  readonly baseline: boolean;
}

export interface Dot {
  readonly x: number;
  readonly y: number;
  readonly title: string;
}

export interface ProcessRow {
  readonly label: string;
  readonly baseline: boolean;
  readonly y: number;
  readonly dots: readonly Dot[];
  readonly bar: { readonly from: number; readonly to: number; readonly middle: number } | undefined;
  readonly centerX: number | undefined;
}

export interface ProcessChart {
  readonly height: number;
  readonly axis: Axis;
  readonly axisY: number;
  readonly rows: readonly ProcessRow[];
}

const rowHeight = 52;
const top = 26;
/** Dots are moved up and down in this order, so that equal values stay apart. */
const lanes = [0, -6, 6, -11, 11];
const mostDots = 80;

/**
 * One dot per process on a common axis, a row per side, with the interval below the dots where there is one.
 *
 * @param sides - The baseline first if there is one; sides without values are left out.
 */
export function processChart(sides: readonly Side[], unit: DisplayUnit): ProcessChart | undefined {
  const drawn = sides.filter(({ values }) => values.length > 0);
  if (drawn.length === 0) return undefined;
  const axis = axisOf(
    drawn.flatMap(({ values, interval }) => [...values, ...(interval ? [interval.low, interval.high] : [])]),
    unit,
  );
  const rows = drawn.map(({ label, values, interval, center, baseline }, row): ProcessRow => {
    const y = top + row * rowHeight;
    const dots = values.map((value, index) => ({
      x: axis.at(value),
      y: y + (lanes[index % lanes.length] as number),
      title: `process ${index}: ${formatQuantity(value, unit)}`,
    }));
    return {
      label,
      baseline,
      y,
      dots: evenly(dots, mostDots),
      bar: interval && {
        from: axis.at(interval.low),
        to: axis.at(interval.high),
        middle: axis.at(interval.estimate),
      },
      centerX: center === undefined ? undefined : axis.at(center),
    };
  });
  const axisY = top + (rows.length - 1) * rowHeight + 32;
  return { height: axisY + 34, axis, axisY, rows };
}
