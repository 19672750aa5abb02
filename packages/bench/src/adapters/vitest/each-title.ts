import { format } from 'node:util';

/**
 * The name of one group of `describe.each`: `%s` and its like take the values in turn, `%#` the index, `$name` a
 * property of a row that is an object.
 */
export function titleOf(template: string, values: readonly unknown[], index: number): string {
  const [row] = values;
  const named = template
    .replaceAll(/\$([\w.]+)/g, (text, path: string) => {
      const value = path.split('.').reduce<unknown>(propertyOf, /^\d/.test(path) ? values : row);
      return value === undefined ? text : printed(value);
    })
    .replaceAll('%#', String(index))
    .replaceAll('%$', String(index + 1));
  const places = named.match(/%[sdifjoO]/g)?.length ?? 0;
  return format(named, ...values.slice(0, places));
}

function propertyOf(value: unknown, name: string): unknown {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;
}

function printed(value: unknown): string {
  return typeof value === 'object' ? format('%j', value) : String(value);
}
