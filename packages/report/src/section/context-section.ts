import type { Comparison } from '@perf/schema';
import { contextColumns, contextRows } from '../words/context-row.js';
import { cell, column, type Section } from './section.js';

/** What was compared and is not judged; nothing where nothing was. */
export function contextSection(comparison: Comparison | undefined): Section | undefined {
  const rows = contextRows(comparison);
  if (rows.length === 0) return undefined;
  const [, ...columns] = contextColumns;
  return {
    id: 'context',
    title: 'Not judged',
    lead: 'Metrics that explain a change and fail nothing: processor time of all threads and pauses of the garbage collector, per operation.',
    parts: [
      {
        title: '',
        sentences: [],
        plots: [],
        tables: [
          {
            caption: 'Changes that are not judged',
            open: rows.length <= 20,
            columns: [column('probe'), ...columns.map(({ title, number }) => column(title, number))],
            rows: rows.map((cells) => cells.map(cell)),
          },
        ],
      },
    ],
  };
}
