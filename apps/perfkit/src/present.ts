import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type ReportInput, renderHtml, renderJson, renderText } from '@perf/report';
import { type PerfDocument, PerfError, type Run } from '@perf/schema';
import { log, print, wantsColour } from './terminal/streams.js';

interface PresentOptions {
  readonly json: boolean;
  readonly html: boolean;
  /** Where the files go. */
  readonly folder: string;
}

/** Prints a finished run and writes its report and its documents to files. */
export function presentRun(input: ReportInput & { readonly run: Run }, options: PresentOptions): void {
  const { run, advice, trend } = input;
  const documents = {
    'run.json': run,
    ...(advice !== undefined && { 'advice.json': advice }),
    ...(trend !== undefined && { 'trend.json': trend }),
  };
  present(input, run, documents, options);
}

/**
 * Writes the report's files, then prints what a command found, as text or as its one JSON document: a reader that
 * leaves early finds the files, and a folder that cannot be written to does not cost the result.
 *
 * @param documents - Documents to keep beside the HTML report, by name of file.
 */
export function present(
  input: ReportInput,
  result: PerfDocument,
  documents: Readonly<Record<string, PerfDocument>>,
  options: PresentOptions,
): void {
  try {
    if (options.html) keep(input, documents, options.folder);
  } finally {
    if (options.json) print(renderJson(result));
    else
      print(renderText(input, { colour: wantsColour(process.stdout), width: process.stdout.columns || 100 }));
  }
}

function keep(input: ReportInput, documents: Readonly<Record<string, PerfDocument>>, folder: string): void {
  const texts = Object.entries(documents).map(([name, document]) => [name, renderJson(document)]);
  const remedy = 'Choose another folder with "report" in perf.config.yaml, or leave it out with --no-html.';
  writeFiles(folder, { 'index.html': renderHtml(input), ...Object.fromEntries(texts) }, remedy);
  const page = join(folder, 'index.html');
  log(`Report: ${relative(process.cwd(), page) || page}`);
}

/** Writes beside it and renames: what was there stays whole until the new file is. */
function replaceFile(path: string, text: string): void {
  const temporary = `${path}.part`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/**
 * Writes files into a folder, which is made if need be.
 *
 * @param remedy - The next step if that is not possible.
 * @throws {PerfError} `report/write` then. What is stored is not touched by it.
 */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>, remedy: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of Object.entries(files)) replaceFile(join(folder, name), text);
  } catch (error) {
    throw new PerfError(
      'report/write',
      `The report cannot be written to ${folder}: ${(error as Error).message}.`,
      { seen: folder, remedy, cause: error },
    );
  }
}
