import { join, resolve } from 'node:path';
import {
  type ReportInput,
  renderHtml,
  renderJson,
  renderJunit,
  renderMarkdown,
  renderText,
} from '@perf/report';
import type { Run } from '@perf/schema';
import { didYouMean } from '../closest.js';
import type { Config } from '../config/config.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import { adviceOn } from '../judge/advice-on.js';
import { baselineOf } from '../judge/baseline-of.js';
import { withFindings } from '../judge/findings.js';
import { writeFiles } from '../present.js';
import { log, print, wantsColour } from '../terminal/streams.js';
import { trendOfRun } from '../trends/trend-of-run.js';
import { UsageError } from '../usage-error.js';
import { openNamedStore, type StoredArguments, storedRun } from './stored-run.js';

interface ReportArguments extends StoredArguments {
  readonly run?: string | undefined;
  readonly format?: string | undefined;
  readonly out?: string | undefined;
}

/** What a report is made of, and what fails. */
interface Material {
  readonly input: ReportInput & { readonly run: Run };
  readonly failOn: Config['failOn'];
  readonly failOnLeak: Config['failOnLeak'];
}

const formats = {
  text: {
    file: 'report.txt',
    draw: ({ input }: Material) => renderText(input, { colour: false }),
  },
  json: { file: 'run.json', draw: ({ input }: Material) => renderJson(input.run) },
  html: { file: 'index.html', draw: ({ input }: Material) => renderHtml(input) },
  md: { file: 'report.md', draw: ({ input }: Material) => renderMarkdown(input) },
  junit: {
    file: 'junit.xml',
    draw: ({ input, failOn, failOnLeak }: Material) =>
      renderJunit(input, { severity: failOn === 'undecided' ? 'critical' : failOn, failOnLeak }),
  },
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
  const material = materialOf(argv, wanted);
  if (argv.out !== undefined) {
    const folder = resolve(process.cwd(), argv.out);
    writeFiles(
      folder,
      Object.fromEntries(wanted.map((name) => [formats[name].file, formats[name].draw(material)])),
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
    const look = { colour: wantsColour(process.stdout), width: process.stdout.columns || 100 };
    print(renderText(material.input, look));
  } else print(formats[format].draw(material));
  return exitCodes.fine;
}

/** The run, what follows from it, and how it came to it. JSON is the run as it is stored. */
function materialOf(argv: ReportArguments, wanted: readonly Format[]): Material {
  const { store, loaded } = openNamedStore(argv, 'read');
  using _closed = store;
  const { failOn, failOnLeak } = loaded.config;
  const { config } = loaded;
  const stored = storedRun(store, argv.run);
  if (wanted.every((name) => name === 'json')) return { input: { run: stored }, failOn, failOnLeak };
  const run = withFindings(stored, config);
  const advice = adviceOn(run, baselineOf(store, run));
  const trend = trendOfRun(store, config, run, false);
  return { input: { run, advice, trend }, failOn, failOnLeak };
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
