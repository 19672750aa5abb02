import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineChart } from '../src/chart/line-chart.js';
import type { LinePlot, PlotPoint } from '../src/chart/plot.js';
import { thinLine, thinSamples } from '../src/chart/thin.js';
import { distributionFigure } from '../src/interactive/distribution-figure.js';
import { lineFigure } from '../src/interactive/line-figure.js';
import { timeMetric } from './documents.js';

const anyNumber = fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e12, max: 1e12 });

describe('a line thinned for drawing', () => {
  test('keeps its ends, its least and its greatest point, its order and its length limit', () => {
    fc.assert(
      fc.property(fc.array(anyNumber, { minLength: 1, maxLength: 600 }), (ys) => {
        const points = ys.map((y, x) => ({ x, y }));
        const thin = thinLine(points, 50);
        expect(thin.length).toBeLessThanOrEqual(Math.max(50, Math.min(50, ys.length)));
        expect(thin[0]).toBe(points[0]);
        expect(thin.at(-1)).toBe(points.at(-1));
        expect(Math.min(...thin.map(({ y }) => y))).toBe(Math.min(...ys));
        expect(Math.max(...thin.map(({ y }) => y))).toBe(Math.max(...ys));
        expect(thin.map(({ x }) => x)).toEqual(thin.map(({ x }) => x).toSorted((a, b) => a - b));
      }),
    );
  });

  test('is the same every time', () => {
    const points = Array.from({ length: 5000 }, (_, x) => ({ x, y: Math.sin(x) }));
    expect(thinLine(points)).toEqual(thinLine(points));
  });
});

describe('samples thinned for drawing', () => {
  test('keep the least and the greatest, and are as many as asked for', () => {
    fc.assert(
      fc.property(fc.array(anyNumber, { minLength: 21, maxLength: 500 }), (samples) => {
        const thin = thinSamples(samples, 20);
        expect(thin.length).toBe(20);
        expect(Math.min(...thin)).toBe(Math.min(...samples));
        expect(Math.max(...thin)).toBe(Math.max(...samples));
      }),
    );
  });

  test('are told to be thinned, and only then', () => {
    const of = (most: number): string =>
      distributionFigure([{ index: 0, metric: timeMetric(100) }], 'time', most)?.note ?? 'nothing drawn';
    expect(of(50)).toContain('has 50 samples of each process');
    expect(of(200)).not.toContain('samples of each process');
  });
});

function plotOf(points: readonly PlotPoint[], more: Partial<LinePlot> = {}): LinePlot {
  return {
    caption: 'A plot',
    description: 'Points.',
    x: { title: 'time', unit: 'ns' },
    y: { title: 'memory', unit: 'bytes' },
    series: [{ name: 'one', draw: 'both', colour: 1, points }],
    ...more,
  };
}

/** All numbers of a drawing's geometry. */
function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (typeof value === 'string') return [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(numbersOf);
}

describe('a drawing of lines', () => {
  test.each([
    ['no points', []],
    ['one point', [{ x: 1, y: 1 }]],
    [
      'equal points',
      [
        { x: 5, y: 0 },
        { x: 5, y: 0 },
      ],
    ],
    [
      'what is not finite',
      [
        { x: 0, y: Number.NaN },
        { x: Number.POSITIVE_INFINITY, y: 1 },
        { x: 1, y: Number.NEGATIVE_INFINITY },
      ],
    ],
  ])('of %s holds finite numbers alone', (_, points) => {
    for (const log of [true, false]) {
      const chart = lineChart(plotOf(points, { y: { title: 'y', unit: 'ns', log } }));
      expect(numbersOf(chart).every(Number.isFinite)).toBe(true);
      expect(JSON.stringify(chart)).not.toMatch(/NaN|Infinity|null/);
    }
  });

  test('begins its line anew after a gap', () => {
    const chart = lineChart(
      plotOf([
        { x: 0, y: 1 },
        { x: 1, y: 2 },
        { x: 2, y: Number.NaN },
        { x: 3, y: 2 },
        { x: 4, y: 1 },
      ]),
    );
    expect(chart.series[0]?.line.match(/M/g)?.length).toBe(2);
    expect(chart.series[0]?.dots.length).toBe(4);
  });

  test('leaves out of a logarithmic axis what is not positive', () => {
    const chart = lineChart(
      plotOf(
        [
          { x: 1, y: 0 },
          { x: 2, y: 10 },
          { x: 3, y: 1000 },
        ],
        { y: { title: 'y', unit: 'ns', log: true } },
      ),
    );
    expect(chart.series[0]?.dots.length).toBe(2);
    expect(chart.yTicks.map(({ label }) => label)).toContain('100 ns');
  });

  test('has a gap in the interactive figure where it has one', () => {
    const { data } = lineFigure(
      plotOf([
        { x: 0, y: 2048 },
        { x: 1, y: Number.NaN },
      ]),
    );
    expect(data[0]).toMatchObject({ x: [0, 1], y: [2, null] });
  });
});
