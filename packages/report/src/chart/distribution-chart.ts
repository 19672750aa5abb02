import type { Metric, Summary } from '@perf/schema';
import { counted } from '../words/counted.js';
import { metricUnit } from '../words/metric-unit.js';
import { type Axis, axisOf } from './axis.js';

/** The samples of one process as a filled outline. */
export interface Strip {
  readonly label: string;
  readonly y: number;
  /** SVG path from the strip's base line. */
  readonly path: string;
  /** x of the value that stands for the process. */
  readonly valueX: number;
}

export interface DistributionChart {
  readonly height: number;
  readonly axis: Axis;
  readonly axisY: number;
  readonly strips: readonly Strip[];
  /** The interval over all processes, as x from and to. */
  readonly band: { readonly from: number; readonly to: number } | undefined;
  /** What the drawing leaves out, if anything. */
  readonly note: string;
}

const bins = 48;
const stripHeight = 22;
/** Strips may rise into the one above, as in a ridge line. */
const rise = 30;
const top = 14;
/** More strips than this cannot be told apart. */
const mostStrips = 20;
/** Share of samples that the axis shows; a few stray ones would flatten all others. */
const shownShare = 0.99;

/**
 * The samples of each process as a strip, all on one axis. Counting samples into bins is for the eye only.
 *
 * @param processes - A metric of each process with its index, in process order.
 * @param summary - For the interval drawn behind the strips.
 * @returns Nothing if no process kept its samples.
 *
 * Cost: O(samples log samples).
 */
export function distributionChart(
  processes: readonly { readonly index: number; readonly metric: Metric }[],
  summary: Summary | undefined,
): DistributionChart | undefined {
  const sampled = processes.filter(({ metric }) => (metric.samples?.length ?? 0) > 1);
  const first = sampled[0];
  if (first === undefined) return undefined;
  const shown = evenly(sampled, mostStrips);
  const all = shown.flatMap(({ metric }) => metric.samples ?? []).toSorted((a, b) => a - b);
  const cut = all[Math.ceil(all.length * shownShare) - 1] as number;
  const interval = summary === undefined ? [] : [summary.low, summary.high];
  const axis = axisOf(
    [all[0] as number, cut, ...shown.map(({ metric }) => metric.value), ...interval],
    metricUnit(first.metric.name, first.metric.unit),
  );
  const beyond = all.filter((sample) => sample > cut).length;
  const strips = shown.map(({ index, metric }, row) => ({
    label: `process ${index}`,
    y: top + rise + row * stripHeight,
    path: outline(metric.samples ?? [], axis, cut),
    valueX: axis.at(metric.value),
  }));
  const axisY = top + rise + (strips.length - 1) * stripHeight + 8;
  return {
    height: axisY + 34,
    axis,
    axisY,
    strips,
    band: summary === undefined ? undefined : { from: axis.at(summary.low), to: axis.at(summary.high) },
    note: [
      beyond > 0 ? `${beyond} of ${counted(all.length, 'sample')} lie beyond the right edge.` : '',
      shown.length < sampled.length ? `${shown.length} of ${counted(sampled.length, 'process')} drawn.` : '',
    ]
      .filter((part) => part !== '')
      .join(' '),
  };
}

/** The outline of a histogram, lightly smoothed, relative to the base line at y = 0. */
function outline(samples: readonly number[], axis: Axis, cut: number): string {
  const kept = samples.filter((sample) => sample <= cut);
  const xs = kept.map(axis.at);
  const [from, to] = [axis.at(Number.NEGATIVE_INFINITY), axis.at(Number.POSITIVE_INFINITY)];
  const counts = new Array<number>(bins).fill(0);
  for (const x of xs) {
    const bin = Math.min(bins - 1, Math.floor(((x - from) / (to - from)) * bins));
    counts[bin] = (counts[bin] as number) + 1;
  }
  const smooth = counts.map(
    (count, bin) => ((counts[bin - 1] ?? 0) + 2 * count + (counts[bin + 1] ?? 0)) / 4,
  );
  const highest = Math.max(...smooth, 1e-9);
  const width = (to - from) / bins;
  const firstBin = Math.max(0, smooth.findIndex((count) => count > 0) - 1);
  const lastBin = Math.min(bins - 1, smooth.findLastIndex((count) => count > 0) + 1);
  const points = smooth.slice(firstBin, lastBin + 1).map((count, offset) => {
    const x = from + (firstBin + offset + 0.5) * width;
    return `${x.toFixed(1)} ${(-(count / highest) * rise).toFixed(1)}`;
  });
  const [start, end] = [from + firstBin * width, from + (lastBin + 1) * width].map((x) => x.toFixed(1));
  return `M${start} 0L${points.join('L')}L${end} 0Z`;
}

/** At most `most` items, evenly picked, first and last among them. */
export function evenly<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  return Array.from(
    { length: most },
    (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))] as Item,
  );
}
