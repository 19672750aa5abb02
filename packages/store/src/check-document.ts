import { type DocumentKind, readDocument } from '@perf/schema';
import { tooDeep } from './exact-json.js';

/**
 * Checks a document and lets the caller go on with the value that it has: what is stored is what was given, not a copy.
 *
 * @throws {DocumentError} if it is invalid; {StoreError} `store/not-json` if it is nested too deeply to be checked.
 */
export function checkDocument(kind: DocumentKind, value: unknown): void {
  try {
    readDocument(kind, value);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(error) : error;
  }
}
