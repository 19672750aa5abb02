import { clip, displayWidth, pad } from './display-width.js';

/** One column of a table. */
export interface Column {
  readonly header: string;
  /** Numbers stand at the right, words at the left. */
  readonly align: 'left' | 'right';
  /** One text per row, all columns equally many. */
  readonly cells: readonly string[];
  /** Left out when the table would not fit: higher goes first. Columns without it always stay. */
  readonly spare?: number;
}

const gap = '  ';
const leastNameColumns = 24;

/**
 * A table of aligned columns that fits a width: spare columns go first, then the names in the first column get shorter.
 *
 * @param names - The first column; its cells may be clipped, the others never are.
 * @param width - Columns to fit into. Below about 80 the always needed columns may not fit; alignment still holds.
 * @returns Lines without trailing spaces, the header first.
 */
export function textTable(names: Column, columns: readonly Column[], width: number): string[] {
  let kept = columns.filter((column) => column.cells.some((cell) => cell !== ''));
  const wanted = Math.min(leastNameColumns, widthOf(names));
  while (roomForNames(kept, width) < wanted) {
    const next = kept.filter(({ spare }) => spare !== undefined).sort((a, b) => spareOf(b) - spareOf(a))[0];
    if (next === undefined) break;
    kept = kept.filter((column) => column !== next);
  }
  const room = Math.max(8, Math.min(widthOf(names), roomForNames(kept, width)));
  const clipped: Column = { ...names, cells: names.cells.map((cell) => clip(cell, room)) };
  const all = [clipped, ...kept];
  const widths = all.map(widthOf);
  const line = (cellOf: (column: Column) => string): string =>
    all
      .map((column, index) => pad(cellOf(column), widths[index] as number, column.align))
      .join(gap)
      .trimEnd();
  return [
    line(({ header }) => header),
    ...names.cells.map((_, row) => line(({ cells }) => cells[row] as string)),
  ];
}

function roomForNames(columns: readonly Column[], width: number): number {
  return width - columns.reduce((sum, column) => sum + gap.length + widthOf(column), 0);
}

function widthOf({ header, cells }: Column): number {
  return cells.reduce((most, cell) => Math.max(most, displayWidth(cell)), displayWidth(header));
}

function spareOf({ spare }: Column): number {
  return spare ?? 0;
}
