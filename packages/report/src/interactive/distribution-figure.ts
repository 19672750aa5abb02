import type { Metric } from '@perf/schema';
import { thinSamples } from '../chart/thin.js';
import { metricUnit } from '../words/metric-unit.js';
import { scaleOf } from '../words/quantity.js';
import { drawn, type Figure, paletteColour, plotlyText } from './figure.js';

/** Fewer samples than this make a box; the outline of a violin would be drawn from too few. */
const leastForViolin = 30;
/** Share of the samples that is shown at first. */
const shownShare = 0.99;

/** A distribution as an interactive figure, and what it leaves out. */
export interface DistributionFigure extends Figure {
  readonly note: string;
}

/**
 * The samples of each process as a violin with its box, or as a box where they are few.
 *
 * @param processes - A metric of each process with its index, in process order.
 * @param most - Samples to draw of each process; the least and the greatest stay.
 * @returns Nothing if no process kept its samples.
 */
export function distributionFigure(
  processes: readonly { readonly index: number; readonly metric: Metric }[],
  axisTitle: string,
  most: number,
): DistributionFigure | undefined {
  const sampled = processes.filter(({ metric }) => (metric.samples?.length ?? 0) > 1);
  const first = sampled[0]?.metric;
  if (first === undefined) return undefined;
  let greatest = 0;
  for (const { metric } of sampled) greatest = Math.max(greatest, Math.abs(metric.value));
  const { factor, suffix } = scaleOf(greatest, metricUnit(first.name, first.unit));
  const thinned = sampled.some(({ metric }) => (metric.samples?.length ?? 0) > most);
  const thin = sampled.map(({ index, metric }) => ({
    index,
    samples: thinSamples(metric.samples ?? [], most),
  }));
  const range = shownRange(thin.flatMap(({ samples }) => samples));
  return {
    data: thin.map(({ index, samples }) => {
      const shared = {
        name: `process ${index}`,
        y: samples.map((sample) => drawn(sample / factor)),
        line: { color: paletteColour(1), width: 1.5 },
        fillcolor: paletteColour(1, 0.22),
        marker: { color: paletteColour(1, 0.6), size: 3 },
        hoverlabel: { namelength: -1 },
      };
      return samples.length < leastForViolin
        ? { type: 'box', boxpoints: 'all', jitter: 0.4, pointpos: 0, ...shared }
        : {
            type: 'violin',
            box: { visible: true },
            points: false,
            spanmode: 'hard',
            scalemode: 'width',
            ...shared,
          };
    }),
    layout: {
      showlegend: false,
      xaxis: { type: 'category' },
      yaxis: {
        type: 'linear',
        ...(range === undefined ? {} : { range: range.map((bound) => drawn(bound / factor)) }),
        title: { text: plotlyText(`${axisTitle}${suffix === '' ? '' : ` [${suffix.trim()}]`}`) },
      },
    },
    height: 320,
    note: [
      thinned
        ? `The interactive drawing has ${most} samples of each process, spread like all of them, the least and the greatest included.`
        : '',
      range === undefined ? '' : 'The highest lie above its top: click it twice to see them.',
    ]
      .filter((part) => part !== '')
      .join(' '),
  };
}

/** What the axis shows at first where a few stray samples would flatten all others; nothing where it shows all. */
function shownRange(samples: readonly number[]): [number, number] | undefined {
  const sorted = samples.toSorted((a, b) => a - b);
  const [least, greatest] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const cut = sorted[Math.ceil(sorted.length * shownShare) - 1] ?? 0;
  const space = (cut - least) * 0.08;
  return greatest - least > 1.5 * (cut - least) && space > 0 ? [least - space, cut + space] : undefined;
}
