import { join, resolve } from 'node:path';
import { renderHtml, renderJson, renderText } from '@perf/report';
import type { Run } from '@perf/schema';
import { summariseRun } from '@perf/stats';
import { didYouMean } from '../closest.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { writeFiles } from '../present.js';
import { log, print, wantsColour } from '../terminal/streams.js';
import { UsageError } from '../usage-error.js';
import { openNamedStore, type StoredArguments, storedRun } from './stored-run.js';

interface ReportArguments extends StoredArguments {
  readonly run?: string | undefined;
  readonly format?: string | undefined;
  readonly out?: string | undefined;
}

const formats = {
  text: { file: 'report.txt', draw: (run: Run) => renderText({ run: summarised(run) }, { colour: false }) },
  json: { file: 'run.json', draw: (run: Run) => renderJson(run) },
  html: { file: 'index.html', draw: (run: Run) => renderHtml({ run: summarised(run) }) },
};
type Format = keyof typeof formats;
const names = Object.keys(formats) as Format[];

/**
 * `perfkit report`: a stored run again, to stdout or into files.
 *
 * With `--json` and `--out`, stdout has the names of the files; with `--json` alone, the run.
 */
export async function report(argv: ReportArguments): Promise<ExitCode> {
  const wanted: readonly Format[] =
    argv.json && (argv.out === undefined || argv.format === undefined)
      ? ['json']
      : formatsOf(argv.format ?? 'text');
  const { store } = openNamedStore(argv, 'read');
  using _closed = store;
  const run = storedRun(store, argv.run);
  if (argv.out !== undefined) {
    const folder = resolve(process.cwd(), argv.out);
    writeFiles(
      folder,
      Object.fromEntries(wanted.map((name) => [formats[name].file, formats[name].draw(run)])),
      'Name a folder that can be made and written to with --out.',
    );
    const files = wanted.map((name) => join(argv.out as string, formats[name].file));
    for (const file of files) log(`Wrote ${file}`);
    if (argv.json) print(JSON.stringify({ files }, null, 2));
    return exitCodes.fine;
  }
  const [format, ...more] = wanted;
  if (format === undefined || more.length > 0) {
    throw new UsageError('usage/formats', 'Several formats cannot share stdout.', {
      remedy: 'Name a folder with --out.',
    });
  }
  if (format === 'text') {
    print(
      renderText(
        { run: summarised(run) },
        { colour: wantsColour(process.stdout), width: process.stdout.columns || 100 },
      ),
    );
  } else print(formats[format].draw(run));
  return exitCodes.fine;
}

/** A run that was killed has no summaries of its own. */
function summarised(run: Run): Run {
  return { ...run, summaries: run.summaries ?? summariseRun(run, run.confidence) };
}

function formatsOf(text: string): Format[] {
  return text.split(',').map((part) => {
    const name = part.trim();
    const format = names.find((known) => known === name);
    if (format !== undefined) return format;
    throw new UsageError('usage/format', `There is no format "${name}".`, {
      seen: name,
      remedy: `Formats: ${names.join(', ')}.${didYouMean(name, names)}`,
    });
  });
}
