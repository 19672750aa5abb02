import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { describeError } from '@perf/schema';
import { lines } from './lines.js';
import { UsageError } from './usage-error.js';

/** A value of a file, and where it stands. */
export interface PlacedDocument {
  readonly document: unknown;
  readonly place: { readonly file: string; readonly line: number };
}

/**
 * The JSON values of a file one after the other: one to a line, or else one for the whole file, which may be an array
 * of them. Of lines only one is in memory at a time.
 *
 * @throws {UsageError} `usage/unreadable`, `usage/not-json` or `usage/too-long`, with the line where there is one.
 */
export async function* documentsIn(file: string): AsyncGenerator<PlacedDocument, void, void> {
  let line = 0;
  let some = false;
  /** The lines of a document that has several, from line `from` on. */
  let whole: string[] | undefined;
  let from = 0;
  try {
    for await (const text of lines(createReadStream(resolve(process.cwd(), file), 'utf8'))) {
      line += 1;
      if (whole !== undefined) whole.push(text);
      else if (text.trim() !== '') {
        const value = some ? parsed(text, file, line) : attempted(text);
        if (value === undefined) [whole, from] = [[text], line];
        else for (const document of valuesOf(value)) yield { document, place: { file, line } };
        some = true;
      }
    }
    if (whole === undefined) return;
    const documents = valuesOf(parsed(whole.join('\n'), file, from));
    for (const document of documents) yield { document, place: { file, line: from } };
  } catch (error) {
    throw error instanceof UsageError ? error : unreadable(error, file, line + 1);
  }
}

function unreadable(error: unknown, file: string, line: number): unknown {
  if (error instanceof RangeError) {
    return new UsageError('usage/too-long', 'This is longer than one string can be.', {
      seen: file,
      place: { file, line },
      remedy: 'Export it again: perfkit writes one run to a line.',
      cause: error,
    });
  }
  if ((error as NodeJS.ErrnoException).code === undefined) return error;
  return new UsageError('usage/unreadable', `${file} cannot be read: ${describeError(error)}.`, {
    seen: file,
    remedy: 'Check the path.',
    cause: error,
  });
}

/** The first line tells the two layouts apart: indented documents do not end with it. */
function attempted(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function parsed(text: string, file: string, firstLine: number): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const message = (error as Error).message;
    const position = Number(/at position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length);
    const line = firstLine + text.slice(0, position).split('\n').length - 1;
    throw new UsageError('usage/not-json', `This is not JSON: ${message}.`, {
      seen: file,
      place: { file, line },
      remedy: 'Was it cut short? Export it again.',
      cause: error,
    });
  }
}

function valuesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
