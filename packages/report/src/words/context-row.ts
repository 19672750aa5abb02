import type { Comparison } from '@perf/schema';
import { probeTitle } from '@perf/schema';
import { clip } from '../terminal/display-width.js';
import { visible } from '../visible.js';
import { formatChange, formatChangeRange } from './change.js';
import { metricName } from './metric-phrase.js';

const longestMetric = 24;

/** Headings of what is not judged, and which of its columns are numbers. */
export const contextColumns = [
  { title: 'not judged', number: false },
  { title: 'metric', number: false },
  { title: 'change', number: true },
  { title: 'interval', number: true },
  { title: 'processes', number: true },
] as const;

/** Of each metric that is not judged but stands beside what is: a cell for each of `contextColumns`. */
export function contextRows(comparison: Comparison | undefined): readonly (readonly string[])[] {
  return (comparison?.context ?? []).map(
    ({ probe, metric, unit, better, ratio, low, high, confidence, processes: { a, b } }) => [
      visible(probeTitle(probe)),
      clip(metricName(metric), longestMetric),
      formatChange(ratio, better, unit),
      confidence > 0 ? formatChangeRange(ratio, low, high) : 'none',
      `${b} vs ${a}`,
    ],
  );
}
