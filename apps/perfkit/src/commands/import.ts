import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeError, documentHeader } from '@perf/schema';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { print } from '../terminal/streams.js';
import { UsageError } from '../usage-error.js';
import { openNamedStore, type StoredArguments } from './stored-run.js';

interface ImportArguments extends StoredArguments {
  readonly files: string[];
}

/** `perfkit import`: runs from JSON files as `perfkit export` writes them. Every file is read before any is stored. */
export async function importRuns(argv: ImportArguments): Promise<ExitCode> {
  const documents = argv.files.flatMap(documentsIn);
  const { store } = openNamedStore(argv, 'write');
  using _closed = store;
  const results = documents.map(({ document, place }) => {
    try {
      return store.importDocument(document);
    } catch (error) {
      throw new UsageError('usage/import', `${place} cannot be imported: ${describeError(error)}`, {
        cause: error,
      });
    }
  });
  const added = results.filter((result) => result.added).length;
  const text = `Imported ${added} of ${results.length} runs; ${results.length - added} were there already.`;
  print(argv.json ? JSON.stringify({ imported: results }, null, 2) : text);
  return exitCodes.fine;
}

function documentsIn(file: string): { document: unknown; place: string }[] {
  const path = resolve(process.cwd(), file);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const broken = error instanceof SyntaxError;
    throw new UsageError(
      broken ? 'usage/not-json' : 'usage/unreadable',
      `${file} ${broken ? 'is not JSON' : 'cannot be read'}: ${describeError(error)}.`,
      { seen: file, remedy: broken ? 'Was it cut short? Export it again.' : 'Check the path.', cause: error },
    );
  }
  const list = Array.isArray(content) ? content : [content];
  return list.map((document: unknown, index) => {
    const place = Array.isArray(content) ? `${file}, document ${index + 1},` : file;
    try {
      documentHeader(document);
    } catch (error) {
      throw new UsageError('usage/import', `${place} cannot be imported: ${describeError(error)}`, {
        cause: error,
      });
    }
    return { document, place };
  });
}
