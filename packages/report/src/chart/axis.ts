import { type DisplayUnit, scaleOf } from '../words/quantity.js';

/** A mark on an axis. */
export interface Tick {
  readonly x: number;
  readonly label: string;
}

/** A horizontal axis: where values lie in the drawing. */
export interface Axis {
  /** x of a value, rounded to a tenth; values outside stick to the nearer end. */
  readonly at: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** Drawing width of every chart and the room left and right of the axis, in user units (1 is 1 CSS pixel at 400 pixels). */
export const chartWidth = 400;
export const margin: { readonly left: number; readonly right: number } = { left: 76, right: 14 };

/** More labels than this run into each other. */
const mostTicks = 5;

/**
 * An axis over a range of values, a little wider than the range.
 *
 * @param values - What must lie on it; not finite ones are ignored.
 * @param label - How a tick is printed, by default as a quantity.
 */
export function axisOf(
  values: readonly number[],
  unit: DisplayUnit,
  label?: (value: number) => string,
): Axis {
  const finite = values.filter(Number.isFinite);
  const [least, most] = finite.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as [number, number]);
  const [low, high] = finite.length === 0 ? [0, 1] : [least, most];
  const space = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
  const [from, to] = [low - space, high + space];
  const right = chartWidth - margin.right;
  const at = (value: number): number => {
    const share = Math.min(1, Math.max(0, (value - from) / (to - from)));
    return Math.round((margin.left + share * (right - margin.left)) * 10) / 10;
  };
  const { factor } =
    label === undefined ? scaleOf(Math.max(Math.abs(from), Math.abs(to)), unit) : { factor: 1 };
  return {
    at,
    ticks: roundSteps(from / factor, to / factor).map((value) => ({
      x: at(value * factor),
      label: label === undefined ? formatTick(value, factor, unit) : label(value),
    })),
  };
}

/** A tick in the prefix that the whole axis uses. */
export function formatTick(scaled: number, factor: number, unit: DisplayUnit): string {
  if (scaled === 0) return '0';
  const { suffix } = scaleOf(factor, unit);
  return `${Number(scaled.toPrecision(6))}${suffix}`;
}

/** Multiples of 1, 2 or 5 times a power of ten inside a range: the finest step that does not crowd the axis. */
export function roundSteps(from: number, to: number): number[] {
  const power = 10 ** Math.floor(Math.log10((to - from) / mostTicks));
  const step =
    power * ([1, 2, 5, 10].find((multiple) => (to - from) / (multiple * power) <= mostTicks) ?? 10);
  const steps: number[] = [];
  for (let index = Math.ceil(from / step); index * step <= to && steps.length <= mostTicks; index += 1) {
    steps.push(index * step);
  }
  return steps;
}
