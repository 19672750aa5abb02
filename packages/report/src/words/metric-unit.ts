import type { Unit } from '@perf/schema';
import type { DisplayUnit } from './quantity.js';

/** Metrics whose ratios are shares of something, by what their names say of them. */
const shares = /(^|[_ -])(rate|share|cpu|overhead|time|heap)([_ -]|$)/i;

/** How a metric's figures are printed: a ratio whose name says that it is a share of something as a percentage. */
export function metricUnit(metric: string, unit: Unit): DisplayUnit {
  return unit === 'ratio' && shares.test(metric) ? 'percent' : unit;
}
