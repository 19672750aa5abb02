import { LeakError, readSnapshot, snapshotDiff, snapshotTop } from '@perf/leak';
import { type Column, formatQuantity, textTable, visible } from '@perf/report';
import { describeError } from '@perf/schema/core';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { print } from '../terminal/streams.js';
import { checkWhole, UsageError } from '../usage-error.js';

interface LeakArguments {
  readonly action: 'top' | 'diff';
  readonly files: string[];
  readonly limit?: number | undefined;
  readonly json: boolean;
}

const LIMIT = 20;
/** Objects are told with their paths, a line each: fewer of them than constructors. */
const MOST_OBJECTS = 10;
const WIDTH = 110;

/** `perfkit leak`: what a heap snapshot is made of, or what was added from one to the next. */
export async function leak({ action, files, limit = LIMIT, json }: LeakArguments): Promise<ExitCode> {
  checkWhole('limit', limit, 1, 100_000);
  const wanted = action === 'top' ? 1 : 2;
  if (files.length !== wanted) {
    throw new UsageError(
      'usage/snapshots',
      `perfkit leak ${action} reads ${wanted === 1 ? 'one file' : 'two files'}, and ${files.length} ${files.length === 1 ? 'is' : 'are'} named.`,
      {
        seen: files.length,
        remedy:
          action === 'top'
            ? 'Name one: perfkit leak top heap.heapsnapshot.'
            : 'Name two, the earlier first: perfkit leak diff before.heapsnapshot after.heapsnapshot.',
      },
    );
  }
  const [first, second] = files as [string, string?];
  if (second === undefined) {
    const top = snapshotTop(await snapshotIn(first), limit);
    print(json ? JSON.stringify(top, null, 2) : topText(top));
  } else {
    const diff = snapshotDiff(await snapshotIn(first), await snapshotIn(second), limit);
    print(json ? JSON.stringify(diff, null, 2) : diffText(diff));
  }
  return exitCodes.fine;
}

async function snapshotIn(file: string): ReturnType<typeof readSnapshot> {
  try {
    return await readSnapshot(file);
  } catch (error) {
    const isOther = error instanceof LeakError;
    throw new UsageError(
      isOther ? 'usage/no-snapshot' : 'usage/unreadable',
      isOther
        ? `${file} is no whole heap snapshot: ${error.message}`
        : `${file} cannot be read: ${describeError(error)}.`,
      {
        seen: file,
        remedy: isOther
          ? 'Take one anew: v8.writeHeapSnapshot(), node --heapsnapshot-signal=SIGUSR2, or Chrome DevTools.'
          : 'Name a .heapsnapshot file that you may read.',
        cause: error,
      },
    );
  }
}

function topText({ count, bytes, constructors, largest }: ReturnType<typeof snapshotTop>): string {
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

function diffText({ bytes: { before, after }, constructors, path }: ReturnType<typeof snapshotDiff>): string {
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

function signed(bytes: number): string {
  return `${bytes > 0 ? '+' : ''}${formatQuantity(bytes, 'bytes')}`;
}

function names(rows: readonly { readonly name: string }[]): Column {
  return { header: 'constructor', align: 'left', cells: rows.map(({ name }) => visible(name)) };
}

function numbers<Row>(header: string, rows: readonly Row[], cell: (row: Row) => string): Column {
  return { header, align: 'right', cells: rows.map(cell) };
}
