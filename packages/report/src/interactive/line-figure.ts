import { evenly } from '../chart/distribution-chart.js';
import type { LinePlot, PlotAxis, PlotSeries } from '../chart/plot.js';
import { clip } from '../terminal/display-width.js';
import { scaleOf } from '../words/quantity.js';
import { drawn, type Figure, paletteColour, plotlyText } from './figure.js';

const labelColumns = 12;
const mostLabels = 8;

/** An axis as plotly.js takes it, with the factor that values are divided by. */
interface InteractiveAxis {
  readonly factor: number;
  readonly suffix: string;
  readonly layout: object;
}

/** A plot of lines and dots as an interactive figure. Cost: O(points). */
export function lineFigure(plot: LinePlot): Figure {
  const x = axisOf(
    plot.x,
    plot.series.flatMap(({ points }) => points.map((point) => point.x)),
  );
  const y = axisOf(
    plot.y,
    plot.series.flatMap(({ points }) => points.map((point) => point.y)),
  );
  const marks = plot.marks ?? [];
  return {
    data: plot.series.map((series) => traceOf(series, x, y)),
    layout: {
      xaxis: x.layout,
      yaxis: y.layout,
      showlegend: plot.series.length > 1,
      shapes: marks.flatMap(({ x: at, from = at, to = at }) => [
        {
          type: 'rect',
          yref: 'paper',
          x0: drawn(from / x.factor),
          x1: drawn(to / x.factor),
          y0: 0,
          y1: 1,
          line: { width: 0 },
          fillcolor: '--undecided/0.18',
        },
        {
          type: 'line',
          yref: 'paper',
          x0: drawn(at / x.factor),
          x1: drawn(at / x.factor),
          y0: 0,
          y1: 1,
          line: { color: '--undecided', width: 1.5, dash: 'dot' },
        },
      ]),
      annotations: marks.map(({ x: at, label }) => ({
        // Annotations lie on the logarithm of a logarithmic axis; shapes do not.
        x: drawn(plot.x.log ? Math.log10(at / x.factor) : at / x.factor),
        y: 1,
        yref: 'paper',
        yanchor: 'bottom',
        showarrow: false,
        text: plotlyText(clip(label, 24)),
        font: { size: 11, color: '--undecided' },
      })),
    },
    height: 300,
  };
}

function traceOf(
  { name, draw, colour, dashed, points }: PlotSeries,
  x: InteractiveAxis,
  y: InteractiveAxis,
): object {
  const labelled = points.some(({ label }) => label !== undefined);
  const bounded = points.some(({ low, high }) => low !== undefined && high !== undefined);
  return {
    type: 'scatter',
    name: plotlyText(clip(name, 40)),
    mode: draw === 'line' ? 'lines' : draw === 'dots' ? 'markers' : 'lines+markers',
    x: points.map((point) => drawn(point.x / x.factor)),
    y: points.map((point) => drawn(point.y / y.factor)),
    line: { color: paletteColour(colour), width: 2, dash: dashed ? 'dash' : 'solid' },
    marker: { color: paletteColour(colour), size: 6 },
    ...(labelled ? { text: points.map(({ label }) => plotlyText(clip(label ?? '', 80))) } : {}),
    hovertemplate: `${labelled ? '%{text}<br>' : `%{x:.5~g}${x.suffix}<br>`}<b>%{y:.4~g}${y.suffix}</b><extra>%{fullData.name}</extra>`,
    ...(bounded
      ? {
          error_y: {
            type: 'data',
            symmetric: false,
            array: points.map((point) => drawn(((point.high ?? point.y) - point.y) / y.factor)),
            arrayminus: points.map((point) => drawn((point.y - (point.low ?? point.y)) / y.factor)),
            color: paletteColour(colour, 0.6),
            thickness: 1,
            width: 2,
          },
        }
      : {}),
  };
}

function axisOf({ title, unit, log, zero, labels }: PlotAxis, values: readonly number[]): InteractiveAxis {
  if (labels !== undefined) {
    const shown = evenly(
      labels.map((label, index) => ({ label, index })),
      mostLabels,
    );
    return {
      factor: 1,
      suffix: '',
      layout: {
        type: 'linear',
        title: { text: plotlyText(title) },
        tickmode: 'array',
        tickvals: shown.map(({ index }) => index),
        ticktext: shown.map(({ label }) => plotlyText(clip(label, labelColumns))),
      },
    };
  }
  let greatest = 0;
  for (const value of values) if (Number.isFinite(value)) greatest = Math.max(greatest, Math.abs(value));
  // plotly.js has prefixes of its own for plain numbers.
  const { factor, suffix } = scaleOf(unit === 'count' || unit === '1/s' ? 0 : greatest, unit);
  const written = suffix.trim();
  return {
    factor,
    suffix,
    layout: {
      type: log ? 'log' : 'linear',
      title: { text: plotlyText(`${title}${written === '' ? '' : ` [${written}]`}`) },
      ...(zero && !log ? { rangemode: 'tozero' } : {}),
      ...(log ? { dtick: 'D2' } : {}),
    },
  };
}
