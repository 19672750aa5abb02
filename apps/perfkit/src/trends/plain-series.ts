import { readFileSync } from 'node:fs';
import type { Better } from '@perf/schema';
import { describeError } from '@perf/schema/core';
import type { SeriesInput } from '@perf/stats';
import { UsageError } from '../usage-error.js';

/** More take more than seconds. */
const most = 100_000;
/** Fewer cannot show a change: a level has 3 values. */
const fewest = 6;

/**
 * A series of plain numbers from a JSON file: `{ "values": [1, 2, …], "better": "lower" }`, or the numbers alone.
 * `better` is `lower` unless given; `key` names the series; `order` gives each value its place in time, where they are
 * not written in that order; those of one place stay as written.
 *
 * @returns With the values in order of time: places of changes count in that order.
 * @throws {UsageError} `series/unreadable`, `series/not-json`, `series/values`, `series/not-finite`, `series/too-few`,
 *   `series/too-many`, `series/order` and `series/better`, each with the file and what is wrong.
 */
export function plainSeries(file: string): SeriesInput {
  const document = parsed(file);
  const { values, better = 'lower', key = 'series', order } = fieldsOf(document);
  if (!Array.isArray(values)) {
    throw refused(file, 'values', 'has no "values", a list of numbers.', typeof values);
  }
  const numbers = values.map((value: unknown, i) => {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    const seen = typeof value === 'number' ? 'too large for a double' : (JSON.stringify(value) ?? 'nothing');
    const code = typeof value === 'number' || value === null ? 'not-finite' : 'values';
    throw refused(file, code, `has no finite number at values[${i}]: it is ${seen.slice(0, 40)}.`, value);
  });
  if (numbers.length < fewest) {
    const message = `has ${numbers.length} values; a change takes at least ${fewest}, 3 on either side.`;
    throw refused(file, 'too-few', message, numbers.length);
  }
  if (numbers.length > most) {
    const message = `has ${numbers.length} values; at most ${most} are judged in reasonable time.`;
    throw refused(file, 'too-many', message, numbers.length);
  }
  if (better !== 'lower' && better !== 'higher') {
    throw refused(file, 'better', 'has a "better" that is neither "lower" nor "higher".', better);
  }
  const name = typeof key === 'string' && key !== '' ? key : 'series';
  return { key: name, better: better satisfies Better, values: inOrder(file, numbers, order) };
}

function inOrder(file: string, values: readonly number[], order: unknown): readonly number[] {
  if (order === undefined) return values;
  const places: unknown[] = Array.isArray(order) ? order : [];
  if (places.length !== values.length) {
    const message = `has an "order" of ${Array.isArray(order) ? places.length : 'no'} places for ${values.length} values.`;
    throw refused(file, 'order', message, places.length);
  }
  const wrong = places.findIndex((place) => !Number.isFinite(place));
  if (wrong !== -1) {
    throw refused(file, 'order', `has no finite number at order[${wrong}].`, places[wrong]);
  }
  const byPlace = values.map((value, i) => ({ value, place: places[i] as number }));
  return byPlace.sort((a, b) => a.place - b.place).map(({ value }) => value);
}

function fieldsOf(document: unknown): {
  values?: unknown;
  better?: unknown;
  key?: unknown;
  order?: unknown;
} {
  if (Array.isArray(document)) return { values: document as unknown[] };
  return typeof document === 'object' && document !== null ? document : {};
}

function parsed(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError('series/unreadable', `${file} cannot be read: ${describeError(error)}.`, {
      seen: file,
      remedy: 'Name a file that you may read with --series.',
      cause: error,
    });
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new UsageError('series/not-json', `${file} is not JSON: ${(error as Error).message}.`, {
      seen: file,
      remedy: example,
      cause: error,
    });
  }
}

const example = 'Write {"values": [10, 11, 10, 12, 15, 15, 16], "better": "lower"}.';

function refused(file: string, code: string, message: string, seen: unknown): UsageError {
  return new UsageError(`series/${code}`, `${file} ${message}`, { seen, remedy: example });
}
