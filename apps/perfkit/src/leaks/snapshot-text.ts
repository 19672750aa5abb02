import type { SnapshotDiff, SnapshotTop } from '@perf/leak';
import { type Column, formatQuantity, textTable, visible } from '@perf/report';
import { numbers, signed, WIDTH } from './table.js';

/** Objects are told with their paths, a line each: fewer of them than constructors. */
const MOST_OBJECTS = 10;

/** What a heap snapshot is made of, for people. */
export function snapshotTopText({ count, bytes, constructors, largest }: SnapshotTop): string {
  const table = textTable(
    names(constructors),
    [
      numbers('objects', constructors, (one) => formatQuantity(one.count, 'count')),
      numbers('own', constructors, (one) => formatQuantity(one.bytes, 'bytes')),
      numbers('retained', constructors, (one) => formatQuantity(one.retained, 'bytes')),
    ],
    WIDTH,
  );
  const objects = largest
    .slice(0, MOST_OBJECTS)
    .flatMap(({ name, id, retained, path }) => [
      `${formatQuantity(retained, 'bytes')}  ${visible(name)} @${id}`,
      `    ${path.map(visible).join(' › ')}`,
    ]);
  return [
    `${formatQuantity(bytes, 'bytes')} in ${formatQuantity(count, 'count')} objects`,
    '',
    ...table,
    '',
    'What keeps most alive, with its path from a root:',
    ...objects,
  ].join('\n');
}

/** What was added from one heap snapshot to the next, for people. */
export function snapshotDiffText({ bytes: { before, after }, constructors, path }: SnapshotDiff): string {
  const table = textTable(
    names(constructors),
    [
      numbers('added', constructors, ({ added }) => formatQuantity(added, 'count')),
      numbers('removed', constructors, ({ removed }) => formatQuantity(removed, 'count')),
      numbers('own bytes', constructors, ({ bytes }) => signed(bytes)),
    ],
    WIDTH,
  );
  return [
    `${formatQuantity(before, 'bytes')} to ${formatQuantity(after, 'bytes')}: ${signed(after - before)}`,
    '',
    ...(constructors.length === 0 ? ['No object was added or removed.'] : table),
    ...(path.length === 0
      ? []
      : ['', 'Most of what is new hangs here:', `    ${path.map(visible).join(' › ')}`]),
  ].join('\n');
}

function names(rows: readonly { readonly name: string }[]): Column {
  return { header: 'constructor', align: 'left', cells: rows.map(({ name }) => visible(name)) };
}
