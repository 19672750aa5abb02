import type { BarPlot } from '../chart/bar-plot.js';
import type { LinePlot } from '../chart/plot.js';
import type { Badge } from '../page/badge.js';

/** A cell of a table: text, with a badge before it or a bar under it. */
export interface Cell {
  readonly text: string;
  readonly badge?: Badge;
  /** Length of the bar, 0 to 1. */
  readonly bar?: number;
}

export interface SectionTable {
  /** What it lists. */
  readonly caption: string;
  /** Whether it is open at first. */
  readonly open: boolean;
  readonly columns: readonly { readonly title: string; readonly number: boolean }[];
  /** As many cells as columns in each. */
  readonly rows: readonly (readonly Cell[])[];
}

/** A part of a section, mostly on one probe. */
export interface SectionPart {
  /** Empty where the section has only one part. */
  readonly title: string;
  readonly badge?: Badge | undefined;
  /** Whether its drawings and tables are worth seeing at once, also among many parts. */
  readonly open?: boolean;
  readonly sentences: readonly string[];
  readonly plots: readonly LinePlot[];
  readonly bars?: readonly BarPlot[];
  readonly tables: readonly SectionTable[];
}

/** A section of the page beside the overview and the probes. All texts are neutralised, but not yet HTML. */
export interface Section {
  /** For links, such as `leaks`. */
  readonly id: string;
  readonly title: string;
  /** How to read it, in a sentence or two. */
  readonly lead: string;
  readonly parts: readonly SectionPart[];
}

/** A column's heading; `number` puts it and its cells to the right. */
export function column(title: string, number = false): SectionTable['columns'][number] {
  return { title, number };
}

/** A cell of text alone. */
export function cell(text: string): Cell {
  return { text };
}
