import { type Column, formatQuantity } from '@perf/report';

/** Columns that a table on a terminal may take. */
export const WIDTH = 110;

/** A column of figures, one of each row. */
export function numbers<Row>(header: string, rows: readonly Row[], cell: (row: Row) => string): Column {
  return { header, align: 'right', cells: rows.map(cell) };
}

/** Bytes with a plus where they are more. */
export function signed(bytes: number): string {
  return `${bytes > 0 ? '+' : ''}${formatQuantity(bytes, 'bytes')}`;
}
