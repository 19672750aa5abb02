/** A row's cells as Markdown, already escaped. */
export type Row = readonly string[];

/** A table, worst rows first, so that its end can go. */
export interface MarkdownTable {
  readonly kind: 'table';
  readonly head: Row;
  readonly rows: readonly Row[];
  /** What a row is, for the line that says how many are missing: `comparisons`. */
  readonly what: string;
}

/** Lines of Markdown that are kept or left out one by one, worst first. */
export interface MarkdownList {
  readonly kind: 'list';
  readonly lines: readonly string[];
  readonly what: string;
}

/** A part of the report. */
export interface MarkdownBlock {
  /** Heading, or the summary of what is collapsed; escaped. Empty for none. */
  readonly title: string;
  readonly collapsed: boolean;
  readonly body: MarkdownTable | MarkdownList;
}

/** Room that is kept for the line that says what is missing [UTF-16 code units]. */
const room = 80;

/**
 * A block with as many of its rows as fit, and a line on the rest.
 *
 * @param left - Length that it may have [UTF-16 code units].
 * @returns Nothing if not even one row fits, or there is none.
 */
export function fitted({ title, collapsed, body }: MarkdownBlock, left: number): string {
  const items = body.kind === 'table' ? body.rows.map(tableRow) : body.lines.map((line) => `- ${line}`);
  if (items.length === 0) return '';
  const before = collapsed
    ? `<details>\n<summary>${title}</summary>\n\n`
    : title === ''
      ? ''
      : `### ${title}\n\n`;
  const head =
    body.kind === 'table' ? `${tableRow(body.head)}\n${tableRow(body.head.map(() => '---'))}\n` : '';
  const after = collapsed ? '\n</details>\n' : '';
  let length = before.length + head.length + after.length + room;
  let kept = 0;
  while (kept < items.length && length + (items[kept] as string).length + 1 <= left) {
    length += (items[kept] as string).length + 1;
    kept += 1;
  }
  if (kept === 0) return '';
  const missing = items.length - kept;
  const rest = missing === 0 ? '' : `\n${missing} more ${body.what} did not fit.\n`;
  return `${before}${head}${items.slice(0, kept).join('\n')}\n${rest}${after}`;
}

function tableRow(cells: Row): string {
  return `| ${cells.join(' | ')} |`;
}
