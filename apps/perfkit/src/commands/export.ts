import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describeError, PerfError } from '@perf/schema';
import { exactJson, type Store } from '@perf/store';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { log, print, printAll } from '../terminal/streams.js';
import { openNamedStore, type StoredArguments } from './stored-run.js';

interface ExportArguments extends StoredArguments {
  readonly runs?: string[] | undefined;
  readonly out?: string | undefined;
}

/** `perfkit export`: one document to a line, all runs or those named, with one run in memory at a time. */
export async function exportRuns(argv: ExportArguments): Promise<ExitCode> {
  const { store } = openNamedStore(argv, 'read');
  using _closed = store;
  const named = argv.runs !== undefined && argv.runs.length > 0 ? argv.runs : undefined;
  // Every name is looked up before anything is written.
  const ids = named?.map((id) => store.getRun(id).id);
  const lines = linesOf(store, ids);
  if (argv.out === undefined) {
    await printAll(lines);
    return exitCodes.fine;
  }
  const runs = await writeWhole(resolve(process.cwd(), argv.out), lines);
  log(`Wrote ${runs} ${runs === 1 ? 'run' : 'runs'} to ${argv.out}`);
  if (argv.json) print(JSON.stringify({ file: argv.out, runs }, null, 2));
  return exitCodes.fine;
}

function* linesOf(store: Store, ids: readonly string[] | undefined): Generator<string> {
  for (const run of store.exportDocuments(ids)) yield `${exactJson(run)}\n`;
}

/**
 * Writes lines to a file that appears under its name only when it is whole; what is left of a failure is removed.
 *
 * @returns How many.
 * @throws {PerfError} `export/write` if the system refuses.
 */
async function writeWhole(file: string, lines: Iterable<string>): Promise<number> {
  const part = `${file}.part`;
  try {
    const handle = await open(part, 'w');
    try {
      const count = await writeLines(handle, lines);
      await rename(part, file);
      return count;
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  } catch (error) {
    if (error instanceof PerfError) throw error;
    throw new PerfError('export/write', `The runs cannot be written to ${file}: ${describeError(error)}.`, {
      seen: file,
      remedy: 'Name a file in a folder that exists and can be written to with --out.',
      cause: error,
    });
  }
}

/** Writes lines and closes the file, whatever happens. */
async function writeLines(handle: FileHandle, lines: Iterable<string>): Promise<number> {
  let count = 0;
  try {
    for (const line of lines) {
      await handle.appendFile(line);
      count += 1;
    }
  } finally {
    await handle.close();
  }
  return count;
}
