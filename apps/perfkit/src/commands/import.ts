import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { contentId, PerfError, type Run, readDocument, runId } from '@perf/schema';
import { documentsIn, type PlacedDocument } from '../documents-in.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { print } from '../terminal/streams.js';
import { UsageError } from '../usage-error.js';
import { openNamedStore, type StoredArguments } from './stored-run.js';

interface ImportArguments extends StoredArguments {
  readonly files: string[];
}

/** Documents that can be gone through more than once. */
type Documents = AsyncIterable<PlacedDocument> | Iterable<PlacedDocument>;

/**
 * `perfkit import`: runs from files as `perfkit export` writes them.
 *
 * Every document of every file is checked before any is stored: each file is read twice.
 */
export async function importRuns(argv: ImportArguments): Promise<ExitCode> {
  const checked: (() => Documents)[] = [];
  for (const file of argv.files) checked.push(await checkedFile(file));
  const { store } = openNamedStore(argv, 'write');
  using _closed = store;
  const results: { run: string; added: boolean }[] = [];
  for (const documents of checked) {
    for await (const placed of documents()) {
      results.push(placing(placed, () => store.importDocument(placed.document)));
    }
  }
  const added = results.filter((result) => result.added).length;
  const text = `Imported ${added} of ${results.length} runs; ${results.length - added} were there already.`;
  print(argv.json ? JSON.stringify({ imported: results }, null, 2) : text);
  return exitCodes.fine;
}

/** Checks a file. Gives its documents again: from the file, or from memory where a pipe can be read only once. */
async function checkedFile(file: string): Promise<() => Documents> {
  const again = statSync(resolve(process.cwd(), file), { throwIfNoEntry: false })?.isFile() === true;
  const kept: PlacedDocument[] = [];
  let count = 0;
  for await (const placed of documentsIn(file)) {
    placing(placed, () => checkIds(readDocument('run', placed.document)));
    count += 1;
    if (!again) kept.push(placed);
  }
  if (count === 0) {
    throw new UsageError('usage/import', `${file} holds no run.`, {
      seen: file,
      remedy: 'Give a file that "perfkit export" wrote.',
    });
  }
  return again ? () => documentsIn(file) : () => kept;
}

/** Ids follow from content: one that does not belongs to something that was edited, and would count twice or collide. */
function checkIds({ id, measurements, ...rest }: Run): void {
  const edited = measurements.find(({ id: own, ...body }) => own !== contentId(body));
  if (edited === undefined && id === runId(rest)) return;
  const what = edited === undefined ? `Run ${id}` : `Measurement ${edited.id} of run ${id}`;
  throw new UsageError('usage/edited', `${what} was changed after it was measured: its id no longer fits.`, {
    remedy: 'Import the original file.',
  });
}

/** Says of an error in which file and line it came up. */
function placing<T>({ place }: PlacedDocument, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PerfError)) throw error;
    throw new UsageError('usage/import', `This cannot be imported: ${error.message}`, {
      place,
      ...(error.remedy !== undefined && { remedy: error.remedy }),
      cause: error,
    });
  }
}
