import { createHash } from 'node:crypto';

/**
 * JSON with the keys of every object in code-unit order and no white space, so that equal values give equal text.
 *
 * Fields that are `undefined` are left out, as `JSON.stringify` does. Cost: O(size of the value).
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/**
 * An id derived from a value's content: 24 hexadecimal digits of its SHA-256.
 *
 * Equal content has the equal id on every machine, so that storing a thing twice changes nothing.
 */
export function contentId(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 24);
}
