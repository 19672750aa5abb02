import { StoreError } from './store-error.js';

/**
 * JSON text that gives back the equal value, bit for bit.
 *
 * `JSON.stringify` writes -0 as 0, and NaN, infinities and functions as null or not at all. Here -0 stays, and a value
 * that JSON cannot hold is refused. Fields that are `undefined` are left out.
 *
 * @throws {StoreError} `store/not-json` with the path of the first value that JSON cannot hold, or if the value is
 * nested too deeply.
 *
 * Cost: O(size of the value).
 */
export function exactJson(value: unknown): string {
  try {
    return written(value, []);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(error) : error;
  }
}

/** The error for a value that the stack is not deep enough for. */
export function tooDeep(cause: RangeError): StoreError {
  return new StoreError(
    'store/not-json',
    'The document is nested too deeply, or is too long for one string.',
    {
      remedy: 'Flatten it, or keep large artifacts in files of their own.',
      cause,
    },
  );
}

function written(value: unknown, path: readonly (string | number)[]): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, index) => written(item, [...path, index])).join(',')}]`;
  }
  if (isPlainObject(value)) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${written(field, [...path, key])}`).join(',')}}`;
  }
  throw new StoreError('store/not-json', `JSON cannot hold the value at ${path.join('.') || 'the top'}.`, {
    seen: typeof value === 'object' ? Object.prototype.toString.call(value) : String(value),
    remedy: 'Give strings, finite numbers, booleans, null, arrays and plain objects only.',
  });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (value === null || typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // Plain objects of another realm (a vm context, a test runner) have another Object.prototype.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
