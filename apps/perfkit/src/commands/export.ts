import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { log } from '../terminal/streams.js';
import { openNamedStore, type StoredArguments } from './stored-run.js';

interface ExportArguments extends StoredArguments {
  readonly runs?: string[] | undefined;
  readonly out?: string | undefined;
}

/**
 * `perfkit export`: one run as its document, several or all as an array of documents, one run in memory at a time.
 *
 * A file appears under its name only when it is whole.
 */
export async function exportRuns(argv: ExportArguments): Promise<ExitCode> {
  const { store } = openNamedStore(argv, 'read');
  using _closed = store;
  const named = argv.runs !== undefined && argv.runs.length > 0 ? argv.runs : undefined;
  const ids = named?.map((id) => store.getRun(id).id);
  const file = argv.out === undefined ? undefined : resolve(process.cwd(), argv.out);
  const target = file === undefined ? 1 : openSync(`${file}.part`, 'w');
  let count = 0;
  for (const run of store.exportDocuments(ids)) {
    const before = ids?.length === 1 ? '' : count === 0 ? '[\n' : ',\n';
    writeWhole(target, before + JSON.stringify(run));
    count += 1;
  }
  writeWhole(target, ids?.length === 1 ? '\n' : count === 0 ? '[]\n' : '\n]\n');
  if (file !== undefined) {
    closeSync(target);
    renameSync(`${file}.part`, file);
    log(`Wrote ${count} ${count === 1 ? 'run' : 'runs'} to ${argv.out}`);
  }
  return exitCodes.fine;
}

/** A pipe may take a part of what is written, or nothing for the moment. */
function writeWhole(target: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(target, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
