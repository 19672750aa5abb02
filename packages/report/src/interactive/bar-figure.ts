import type { BarPlot } from '../chart/bar-plot.js';
import { clip } from '../terminal/display-width.js';
import { drawn, type Figure, paletteColour, plotlyText } from './figure.js';

/** Stacked bars as an interactive figure. */
export function barFigure({ labels, series, xTitle, yTitle }: BarPlot): Figure {
  return {
    data: series.map(({ name, colour, values }) => ({
      type: 'bar',
      name: plotlyText(clip(name, 40)),
      // Places instead of names: two stages may have one aim.
      x: labels.map((_, index) => index),
      y: values.map(drawn),
      text: labels.map(plotlyText),
      textposition: 'none',
      marker: { color: paletteColour(colour) },
      hovertemplate: '%{text}<br><b>%{y}</b><extra>%{fullData.name}</extra>',
    })),
    layout: {
      barmode: 'stack',
      showlegend: true,
      xaxis: {
        type: 'linear',
        title: { text: xTitle },
        tickmode: 'array',
        tickvals: labels.map((_, index) => index),
        ticktext: labels.map((_, index) => String(index + 1)),
      },
      yaxis: { type: 'linear', title: { text: yTitle }, rangemode: 'tozero' },
    },
    height: 280,
  };
}
