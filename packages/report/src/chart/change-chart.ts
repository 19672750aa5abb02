import type { Compared } from '@perf/schema';
import { type Axis, axisOf } from './axis.js';

/** A change with its interval against the zone that counts as equal. */
export interface ChangeChart {
  readonly height: number;
  readonly axis: Axis;
  readonly axisY: number;
  readonly y: number;
  readonly zero: number;
  /** The zone within the threshold. */
  readonly zone: { readonly from: number; readonly to: number };
  readonly bar: { readonly from: number; readonly to: number; readonly middle: number };
  /** Which way is worse. */
  readonly worse: 'left' | 'right';
}

/** The change, its interval, and the zone of the threshold on an axis of percent. Nothing without an interval. */
export function changeChart({
  ratio,
  low,
  high,
  threshold,
  better,
  confidence,
}: Compared): ChangeChart | undefined {
  if (!(confidence > 0)) return undefined;
  const [least, most] = equalZone(threshold);
  const axis = axisOf([low, high, least, most, 1], 'ratio', Math.max(high, most) >= 3 ? asFactor : asPercent);
  return {
    height: 82,
    axis,
    axisY: 48,
    y: 26,
    zero: axis.at(1),
    zone: { from: axis.at(least), to: axis.at(most) },
    bar: { from: axis.at(low), to: axis.at(high), middle: axis.at(ratio) },
    worse: better === 'lower' ? 'right' : 'left',
  };
}

function asFactor(ratio: number): string {
  return `${Number(ratio.toPrecision(3))} ×`;
}

function asPercent(ratio: number): string {
  const percent = Number(((ratio - 1) * 100).toFixed(2));
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

/** The ratios that count as equal: up to `threshold` worse or better, as factors in both directions. */
export function equalZone(threshold: number): [low: number, high: number] {
  return [1 / (1 + threshold), 1 + threshold];
}
