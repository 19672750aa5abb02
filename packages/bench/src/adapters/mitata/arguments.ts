import type { ParamSpace, Params, ParamValue } from '@perf/schema/core';
import { unsupportedError } from '../unsupported.js';

/** Values by argument, as a benchmark lists them. */
export type ArgumentSpace = Readonly<Record<string, readonly unknown[]>>;

/** Text of a value that documents cannot hold [characters]. */
const LONGEST_LABEL = 60;

/**
 * The arguments as parameters of a probe. Values that documents cannot hold, such as objects, are named instead; equal
 * values count once.
 */
export function paramsOf(space: ArgumentSpace): ParamSpace {
  return Object.fromEntries(
    Object.entries(space).map(([name, values]) => [name, [...labelled(values).keys()]]),
  );
}

/** The values that stand behind one point of those parameters. */
export function valuesAt(space: ArgumentSpace, point: Params): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(space).map(([name, values]) => [name, labelled(values).get(point[name] as ParamValue)]),
  );
}

/** From `start` to `end`, each `factor` times the one before; `end` is always among them. */
export function rangeOf(start: number, end: number, factor: number): number[] {
  if (!(start > 0 && factor > 1)) {
    throw unsupportedError(
      `range from ${start} by the factor ${factor}`,
      'It would have no end: begin above 0, with a factor above 1, or list the values with args().',
    );
  }
  const values: number[] = [];
  for (let value = start; value <= end; value *= factor) values.push(value);
  return values.includes(end) ? values : [...values, end];
}

/** From `start` to `end` in steps; `end` is always among them. */
export function denseRangeOf(start: number, end: number, step: number): number[] {
  if (!(step > 0)) {
    throw unsupportedError(`dense_range in steps of ${step}`, 'It would have no end: give a step above 0.');
  }
  const values: number[] = [];
  for (let value = start; value <= end; value += step) values.push(value);
  return values.includes(end) ? values : [...values, end];
}

function labelled(values: readonly unknown[]): Map<ParamValue, unknown> {
  const labels = new Map<ParamValue, unknown>();
  for (const value of values) {
    const wish = labelOf(value);
    let free = wish;
    for (let copy = 2; labels.has(free) && !Object.is(labels.get(free), value); copy += 1) {
      free = `${String(wish)} (${copy})`;
    }
    labels.set(free, value);
  }
  return labels;
}

function labelOf(value: unknown): ParamValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  const text =
    typeof value === 'function'
      ? value.name || 'function'
      : (safeJson(value) ?? Object.prototype.toString.call(value));
  return text.length <= LONGEST_LABEL ? text : `${text.slice(0, LONGEST_LABEL)}…`;
}

/** Objects as JSON; what JSON has no word for (`NaN`, bigints, symbols, `undefined`) as text. */
function safeJson(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
