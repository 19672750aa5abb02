/** Longest kind that is kept [characters]: codes are short, but what code throws may be anything. */
const LONGEST = 100;

/** Codes by which undici and Node.js name a time that ran out. */
const TIMEOUTS = new Set([
  'ETIMEDOUT',
  'TimeoutError',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);

/**
 * What kind of failure it was: the error's `code`, else its `name`; `timeout` for each that means one.
 *
 * Messages make no kinds: they hold ids and times, of which there is no end. Never throws: an error whose fields do is
 * `unreadable`.
 *
 * @param error - Anything that was thrown.
 */
export function errorKind(error: unknown): string {
  if (error === null || typeof error !== 'object') return `thrown ${error === null ? 'null' : typeof error}`;
  try {
    const text = textOf(error, 'code') ?? textOf(error, 'name') ?? 'thrown object';
    return TIMEOUTS.has(text) ? 'timeout' : text.slice(0, LONGEST);
  } catch {
    // Getters and proxies may throw, and a second throw here would end the process.
    return 'unreadable';
  }
}

function textOf(error: object, key: 'code' | 'name'): string | undefined {
  const value = (error as Readonly<Record<string, unknown>>)[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
