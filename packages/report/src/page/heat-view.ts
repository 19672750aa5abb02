import type { HeatChart } from '../chart/heat-chart.js';
import type { Figures } from '../interactive/figure.js';
import { heatFigure } from '../interactive/heat-figure.js';

/** A cell of the heat map as a cell of a table. */
export interface HeatCell {
  readonly text: string;
  /** Class of its colour. */
  readonly tone: 'over' | 'under' | 'none';
  /** How full its colour is [%]. */
  readonly strength: number;
}

export interface HeatView {
  readonly columns: readonly number[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly HeatCell[] }[];
  readonly note: string;
  readonly figure: number | undefined;
}

/** The heat map as a coloured table, and its interactive figure. */
export function heatView(chart: HeatChart | undefined, figures: Figures | undefined): HeatView | undefined {
  if (chart === undefined) return undefined;
  const { columns, rows, limit, note } = chart;
  return {
    columns,
    rows: rows.map(({ title, values }) => ({ title, cells: values.map((value) => cellOf(value, limit)) })),
    note,
    figure: figures?.add(heatFigure(chart)),
  };
}

function cellOf(value: number, limit: number): HeatCell {
  if (!Number.isFinite(value)) return { text: '', tone: 'none', strength: 0 };
  const percent = (value * 100).toFixed(1);
  return {
    text: `${Number(percent) > 0 ? '+' : ''}${Number(percent) === 0 ? '0' : percent}`,
    tone: value > 0 ? 'over' : 'under',
    strength: Math.round(Math.min(1, Math.abs(value) / limit) * 60),
  };
}
