import type { DisplayUnit } from '../words/quantity.js';

/** What one axis of a plot shows. */
export interface PlotAxis {
  /** Such as `response time`; the unit is added. */
  readonly title: string;
  readonly unit: DisplayUnit;
  /** Powers of ten at equal distances. Values that are not positive are left out. */
  readonly log?: boolean;
  /** Whether 0 must be on it. */
  readonly zero?: boolean;
  /** Names of the places 0, 1, 2 …, where x only counts them; neutralised, of any length. */
  readonly labels?: readonly string[];
}

/** A point, with the bounds of its interval and a name where it has them. `y` is NaN where a line has a gap. */
export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** Neutralised. */
  readonly label?: string | undefined;
}

/** Points of one kind. */
export interface PlotSeries {
  /** Neutralised, of bounded length. */
  readonly name: string;
  readonly draw: 'line' | 'dots' | 'both';
  /** Which colour of the page's palette, from 1 to 8; 0 is the muted one. */
  readonly colour: number;
  readonly dashed?: boolean;
  readonly points: readonly PlotPoint[];
}

/** A place on the x axis, with the range in which it may lie. */
export interface PlotMark {
  readonly x: number;
  readonly from?: number;
  readonly to?: number;
  /** Neutralised. */
  readonly label: string;
}

/** Lines and dots over an x axis: one description for the drawing in the page and for the interactive one. */
export interface LinePlot {
  readonly caption: string;
  /** For those who do not see it. */
  readonly description: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
  readonly marks?: readonly PlotMark[];
  /** What the drawing leaves out, or nothing. */
  readonly note?: string;
}

/** Colours of the palette besides the muted one. */
const colours = 8;

/** The palette's colour for the item at `index`; after the last it begins again. */
export function colourOf(index: number): number {
  return (index % colours) + 1;
}
