import { unsupportedError } from '../unsupported.js';
import { titleOf } from './each-title.js';
import { type Mark, nameOf } from './node.js';
import { append, currentGroup, groupOf } from './tree.js';

type Body = (...values: never[]) => unknown;
interface GroupOptions {
  readonly skip?: boolean;
  readonly only?: boolean;
  readonly todo?: boolean;
}
type AddGroup = (name: unknown, ...rest: (Body | GroupOptions | number | undefined)[]) => void;

/** Vitest's `describe`, with its marks in any order. Order and parallelism of groups are perfkit's own. */
export interface DescribeApi extends AddGroup {
  readonly skip: DescribeApi;
  readonly only: DescribeApi;
  readonly todo: DescribeApi;
  readonly concurrent: DescribeApi;
  readonly sequential: DescribeApi;
  readonly shuffle: DescribeApi;
  skipIf(condition: unknown): DescribeApi;
  runIf(condition: unknown): DescribeApi;
  /** A group for each row; arrays are spread over the parameters of the function. */
  each(rows: readonly unknown[]): AddGroup;
  /** A group for each value, given as it is. */
  for(values: readonly unknown[]): AddGroup;
}

/** Describes a group, whose name becomes that of a suite. */
export const describe: DescribeApi = describeWith(undefined);

function describeWith(mark: Mark): DescribeApi {
  const add: AddGroup = (name, ...rest) => addGroup(nameOf(name), mark, rest, []);
  const same = { get: () => describeWith(mark) };
  return Object.defineProperties(add, {
    skip: { get: () => describeWith('skip') },
    only: { get: () => describeWith(mark ?? 'only') },
    todo: { get: () => describeWith('todo') },
    concurrent: same,
    sequential: same,
    shuffle: same,
    skipIf: { value: (condition: unknown) => describeWith(condition ? 'skip' : mark) },
    runIf: { value: (condition: unknown) => describeWith(condition ? mark : 'skip') },
    each: {
      value: (rows: readonly unknown[]) => addEach(mark, rows, (row) => (Array.isArray(row) ? row : [row])),
    },
    for: { value: (values: readonly unknown[]) => addEach(mark, values, (value) => [value]) },
  }) as DescribeApi;
}

function addEach(
  mark: Mark,
  rows: readonly unknown[],
  valuesOf: (row: unknown) => readonly unknown[],
): AddGroup {
  if ('raw' in rows) {
    throw unsupportedError(
      'describe.each with a table in a template',
      'Give the rows as an array of arrays or objects.',
    );
  }
  return (name, ...rest) => {
    for (const [index, row] of rows.entries()) {
      const values = valuesOf(row);
      addGroup(titleOf(nameOf(name), values, index), mark, rest, values);
    }
  };
}

function addGroup(
  name: string,
  mark: Mark,
  rest: readonly (Body | GroupOptions | number | undefined)[],
  values: readonly unknown[],
): void {
  const body = rest.find((given): given is Body => typeof given === 'function');
  const options =
    rest.find((given): given is GroupOptions => typeof given === 'object' && given !== null) ?? {};
  const optional = (['skip', 'todo', 'only'] as const).find((key) => options[key] === true);
  append(groupOf(name, mark ?? optional, () => body?.(...(values as never[])), currentGroup()));
}
