import type { Run, Scalability } from '@perf/schema';
import { colourOf, type LinePlot, type PlotMark } from '../chart/plot.js';
import { formatInterval, formatQuantity } from '../words/quantity.js';
import { basisOf, concurrency, rate, scalabilitySentence, turningPoints } from '../words/scalability.js';
import { nameIn } from '../words/sentence.js';
import { cell, column, type Section, type SectionPart } from './section.js';

/** Places at which the fitted curve is drawn. */
const curvePoints = 60;

/** How throughput grows with concurrency; nothing if the run did not ask. */
export function scalabilitySection(run: Run): Section | undefined {
  const all = run.scalability ?? [];
  if (all.length === 0) return undefined;
  return {
    id: 'scalability',
    title: 'Scalability',
    lead: 'The curve is the Universal Scalability Law: contention (σ) makes it bend, coherency (κ) makes it fall. The peak and the knee are ranges, as sure as the points allow.',
    parts: all.map(partOf),
  };
}

function partOf(scalability: Scalability): SectionPart {
  const { probe, points, fit } = scalability;
  const { peak, knee } = turningPoints(scalability);
  return {
    title: nameIn(probe),
    sentences: [scalabilitySentence(scalability)],
    plots: points.length === 0 ? [] : [plotOf(scalability)],
    tables: [
      ...(fit === undefined
        ? []
        : [
            {
              caption: 'The fitted law',
              open: true,
              columns: [column('Parameter'), column('Estimate (interval)', true)],
              rows: [
                [cell('throughput of one (λ)'), cell(rate(fit.lambda))],
                [cell('contention (σ)'), cell(plain(fit.sigma))],
                [cell('coherency (κ)'), cell(plain(fit.kappa))],
                ...(knee === undefined ? [] : [[cell('knee at a concurrency of'), cell(concurrency(knee))]]),
                ...(peak === undefined
                  ? []
                  : [
                      [cell('peak at a concurrency of'), cell(concurrency(peak.concurrency))],
                      [cell('throughput at the peak'), cell(rate(peak.throughput))],
                    ]),
                [cell('share of the variation explained (r²)'), cell(fit.r2.toFixed(3))],
              ],
            },
          ]),
      {
        caption: `The points: ${basisOf(scalability)}`,
        open: false,
        columns: [column('Process', true), column('Concurrency', true), column('Throughput', true)],
        rows: points.map(({ process, concurrency: n, throughput }) => [
          cell(String(process)),
          cell(formatQuantity(n, 'count')),
          cell(formatQuantity(throughput, '1/s')),
        ]),
      },
    ],
  };
}

function plotOf(scalability: Scalability): LinePlot {
  const { points, fit } = scalability;
  const { peak, knee } = turningPoints(scalability);
  const processes = [...new Set(points.map(({ process }) => process))].sort((a, b) => a - b);
  const most = points.reduce((greatest, point) => Math.max(greatest, point.concurrency), 1);
  const marks: PlotMark[] = [];
  const mark = (
    interval: { estimate: number; low: number; high: number } | undefined,
    label: string,
  ): void => {
    if (interval === undefined) return;
    marks.push({
      x: interval.estimate,
      from: Math.max(0, interval.low),
      to: Math.min(2 * most, interval.high),
      label,
    });
  };
  mark(knee, 'knee');
  mark(peak?.concurrency, 'peak');
  const law = (n: number): number => {
    if (fit === undefined) return Number.NaN;
    const { lambda, sigma, kappa } = fit;
    return (lambda.estimate * n) / (1 + sigma.estimate * (n - 1) + kappa.estimate * n * (n - 1));
  };
  return {
    caption: 'Throughput by concurrency',
    description:
      'A dot for each stage of each process, with the fitted curve. Shaded are the ranges of the knee and the peak.',
    x: { title: 'concurrency', unit: 'count', zero: true },
    y: { title: 'throughput', unit: '1/s', zero: true },
    series: [
      ...processes.map((process, index) => ({
        name: `process ${process}`,
        draw: 'dots' as const,
        colour: colourOf(index),
        points: points
          .filter((point) => point.process === process)
          .map(({ concurrency: x, throughput: y }) => ({ x, y })),
      })),
      ...(fit === undefined
        ? []
        : [
            {
              name: 'fitted law',
              draw: 'line' as const,
              colour: 0,
              points: Array.from({ length: curvePoints }, (_, index) => {
                const x = 1 + (index / (curvePoints - 1)) * (most * 1.15 - 1);
                return { x, y: law(x) };
              }),
            },
          ]),
    ],
    marks,
  };
}

/** Contention and coherency are small and have no unit. */
function plain(interval: { estimate: number; low: number; high: number }): string {
  const { estimate, bounds } = formatInterval(interval, 'ratio');
  return `${estimate} (${bounds})`;
}
