import type { Database } from 'better-sqlite3';
import { fromColumn, toColumn } from './column-text.js';
import { StoreError } from './store-error.js';

/** Shorter prefixes would meet runs by accident. */
const shortestPrefix = 4;
/** Sorts after every text that begins with a prefix. */
const lastCharacter = '\u{10FFFF}';

/**
 * A run's whole id from the id or a prefix of it.
 *
 * @param asked - A whole id, or at least 4 characters that begin only one.
 * @throws {StoreError} `store/unknown-run` naming the newest runs; `store/ambiguous-run` naming those that it begins.
 */
export function findRun(database: Database, asked: string): string {
  const column = toColumn(asked);
  const exact = database.prepare('SELECT id FROM run WHERE id = ?').get(column);
  if (exact !== undefined) return asked;
  if (asked.length < shortestPrefix) throw unknownRun(database, asked);
  const begun = database
    .prepare<[string, string], string>('SELECT id FROM run WHERE id >= ? AND id < ? ORDER BY id LIMIT 6')
    .pluck()
    .all(column, column + lastCharacter)
    .map(fromColumn);
  if (begun.length === 1) return begun[0] as string;
  if (begun.length === 0) throw unknownRun(database, asked);
  throw new StoreError('store/ambiguous-run', `Several runs begin with ${quoted(asked)}.`, {
    seen: asked,
    remedy: `Give more of the id: ${begun.slice(0, 5).map(quoted).join(', ')}${begun.length > 5 ? ' …' : ''}.`,
  });
}

/** The error for an id that no run has. */
export function unknownRun(database: Database, asked: string): StoreError {
  const newest = database
    .prepare<[], string>('SELECT id FROM run ORDER BY started_ms DESC, key DESC LIMIT 3')
    .pluck()
    .all()
    .map((id) => quoted(fromColumn(id)));
  const short = asked.length < shortestPrefix ? ` A prefix needs ${shortestPrefix} characters.` : '';
  return new StoreError('store/unknown-run', `No run is stored as ${quoted(asked)}.${short}`, {
    seen: asked,
    remedy: newest.length === 0 ? 'Nothing is stored yet.' : `The newest runs are ${newest.join(', ')}.`,
  });
}

/** Ids come from files too: what is printed of one is short and has no control characters. */
function quoted(id: string): string {
  return JSON.stringify(id.length > 40 ? `${id.slice(0, 40)}…` : id);
}
