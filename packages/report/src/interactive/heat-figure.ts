import type { HeatChart } from '../chart/heat-chart.js';
import { clip } from '../terminal/display-width.js';
import { drawn, type Figure, plotlyText } from './figure.js';

const rowHeight = 22;

/** The deviations of processes as an interactive heat map. */
export function heatFigure({ columns, rows, limit }: HeatChart): Figure {
  const upwards = rows.toReversed();
  return {
    data: [
      {
        type: 'heatmap',
        // Numbers as places, so that equal names stay two rows; their names are the ticks.
        x: columns.map((index) => `${index}`),
        y: upwards.map((_, index) => index),
        z: upwards.map(({ values }) => values.map((value) => drawn(value * 100))),
        text: upwards.map(({ title }) => columns.map(() => plotlyText(title))),
        hovertemplate: '%{text}<br>process %{x}: <b>%{z:+.1f} %</b><extra></extra>',
        zmin: -limit * 100,
        zmax: limit * 100,
        xgap: 2,
        ygap: 2,
        colorscale: [
          [0, '--s1'],
          [0.5, '--soft'],
          [1, '--s2'],
        ],
        colorbar: { title: { text: '% off' }, thickness: 12, outlinewidth: 0, len: 1 },
      },
    ],
    layout: {
      showlegend: false,
      xaxis: { type: 'category', title: { text: 'process' }, showgrid: false },
      yaxis: {
        type: 'linear',
        tickmode: 'array',
        tickvals: upwards.map((_, index) => index),
        ticktext: upwards.map(({ title }) => plotlyText(clip(title, 26))),
        showgrid: false,
        zeroline: false,
      },
    },
    height: 130 + rows.length * rowHeight,
  };
}
