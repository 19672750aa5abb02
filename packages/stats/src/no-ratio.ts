import type { Measurement, Unit } from '@perf/schema';
import type { MetricSeries } from './metric-series.js';
import type { ProbePair } from './probe-pairs.js';
import { median } from './quantile.js';

/** What a reader knows the two sides as: `main` and `my-branch`. */
export interface SideLabels {
  readonly a: string;
  readonly b: string;
}

/** Why a probe has no figures on both sides, as a sentence; undefined if it has. */
export function whyNoProbe({ a, b }: ProbePair, labels: SideLabels): string | undefined {
  if (a.length === 0) return `Only ${labels.b} has this probe.`;
  if (b.length === 0) return `Only ${labels.a} has this probe.`;
  const reasons = [whyNoneOk(a, labels.a), whyNoneOk(b, labels.b)].filter((reason) => reason !== undefined);
  return reasons.length === 0 ? undefined : reasons.join(' ');
}

/**
 * Why the series of one metric's name cannot be set against each other, as a sentence; undefined if they can.
 *
 * @param a - All series of that name on side a: more than one if its processes disagree about unit or direction.
 */
export function whyNoMetric(
  a: readonly MetricSeries[],
  b: readonly MetricSeries[],
  labels: SideLabels,
): string | undefined {
  if (a.length === 0) return `Only ${labels.b} has this metric.`;
  if (b.length === 0) return `Only ${labels.a} has this metric.`;
  const unitsA = each(a, 'unit');
  const unitsB = each(b, 'unit');
  if (unitsA !== unitsB || unitsA.includes(' and ')) {
    return `The units differ: ${unitsA} on ${labels.a}, ${unitsB} on ${labels.b}.`;
  }
  const bettersA = each(a, 'better');
  const bettersB = each(b, 'better');
  if (bettersA !== bettersB || bettersA.includes(' and ')) {
    return `It is not agreed what is better: ${bettersA} on ${labels.a}, ${bettersB} on ${labels.b}.`;
  }
  return undefined;
}

/**
 * Why there is no ratio between two samples, as a sentence with both medians and numbers of processes; undefined if
 * there is.
 *
 * All zeros on both sides are the one case without positive values that is clear: they are equal.
 */
export function whyNoRatio(
  a: readonly number[],
  b: readonly number[],
  unit: Unit,
  labels: SideLabels,
): string | undefined {
  if (allZero(a) && allZero(b)) return undefined;
  const medians = `medians of ${quantity(median(a), unit)} and ${quantity(median(b), unit)}`;
  const against = `${medians} in ${a.length} and ${b.length} processes`;
  const [wrong, label] = a.some((value) => value <= 0) ? [a, labels.a] : [b, labels.b];
  if (wrong.every((value) => value > 0)) {
    const least = Math.min(...b) / Math.max(...a);
    const most = Math.max(...b) / Math.min(...a);
    return least > 0 && most < Number.POSITIVE_INFINITY
      ? undefined
      : `It is too far apart for a ratio, look for a broken clock or counter: ${against}.`;
  }
  if (allZero(wrong)) {
    const nothing = unit === 'bytes' ? 'allocates nothing' : 'reads 0';
    return `${label} ${nothing}, so a ratio has no meaning: ${against}.`;
  }
  const count = wrong.filter((value) => value <= 0).length;
  return `${count} of ${wrong.length} values of ${label} are 0 or below, so a ratio has no meaning: ${against}.`;
}

export function allZero(values: readonly number[]): boolean {
  return values.every((value) => value === 0);
}

function whyNoneOk(measurements: readonly Measurement[], label: string): string | undefined {
  if (measurements.some(({ status, failedAsExpected }) => status === 'ok' && !failedAsExpected)) {
    return undefined;
  }
  const counts = new Map<string, number>();
  for (const { status, failedAsExpected } of measurements) {
    const how = failedAsExpected === true ? 'failed as expected' : status;
    counts.set(how, (counts.get(how) ?? 0) + 1);
  }
  const statuses = [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
  const error = measurements.find((measurement) => measurement.error !== undefined)?.error;
  const first = error === undefined ? '' : ` First error: ${error.code}: ${error.message}`;
  return `No process succeeded on ${label} (${statuses}).${first}`;
}

function each(series: readonly MetricSeries[], field: 'unit' | 'better'): string {
  return [...new Set(series.map((one) => one[field]))].toSorted().join(' and ');
}

function quantity(value: number, unit: Unit): string {
  if (value === 0 || unit === 'count' || unit === 'ratio') return `${value}`;
  return `${value} ${unit}`;
}
