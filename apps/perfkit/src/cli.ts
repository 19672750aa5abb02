import yargs, { type Argv } from 'yargs';
import { didYouMean } from './closest.js';
import { durationFlag } from './duration-flag.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { failOnValues } from './judge/outcome.js';
import { UsageError } from './usage-error.js';
import { version } from './version.js';

/**
 * Runs one command line and gives its exit code.
 *
 * What a command does is loaded only when it runs, so that help answers at once.
 *
 * @param args - Without the names of Node and the script.
 * @throws {PerfError} for whatever the command cannot do.
 */
export async function cli(args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.fine;
  const ending = async (code: Promise<ExitCode>) => {
    exitCode = await code;
  };
  const parser = yargs([...args])
    .scriptName('perfkit')
    .usage(
      '$0 <command>\n\nTells whether a change made Node.js software slower or hungrier: by how much, where, and how sure that is.',
    )
    .command(
      'run [files..]',
      'Measure perf files, store the run, judge it against the baseline, report',
      (y) =>
        judging(measuring(y))
          .positional('files', {
            type: 'string',
            array: true,
            describe: 'Files, folders or globs; default: the configuration',
          })
          .option('store', { type: 'string', describe: 'SQLite file of the history' })
          .option('baseline', {
            type: 'string',
            describe: 'Compare with this run instead of the stored baseline',
          })
          .option('html', { type: 'boolean', default: true, describe: 'Write the HTML report' }),
      async (argv) => ending((await import('./commands/run.js')).run(argv)),
    )
    .command(
      'compare <a> <b> [files..]',
      'Measure the same probes in two directories, interleaved, and say which is slower',
      (y) =>
        judging(measuring(y))
          .positional('a', {
            type: 'string',
            demandOption: true,
            describe: 'Directory of the first variant: the reference',
          })
          .positional('b', {
            type: 'string',
            demandOption: true,
            describe: 'Directory of the second variant',
          })
          .positional('files', {
            type: 'string',
            array: true,
            describe: 'Perf files, relative to each directory',
          })
          .option('html', { type: 'boolean', default: true, describe: 'Write the HTML report' }),
      async (argv) => ending((await import('./commands/compare.js')).compare(argv)),
    )
    .command(
      'baseline <action> [run]',
      'Say which run is the reference of a branch in this environment',
      (y) =>
        stored(y)
          .positional('action', { choices: ['set', 'show', 'clear'] as const, demandOption: true })
          .positional('run', {
            type: 'string',
            describe: 'Id of a run, or its beginning; default: the newest',
          })
          .option('branch', { type: 'string', describe: 'Branch; default: the one checked out' }),
      async (argv) => ending((await import('./commands/baseline.js')).baseline(argv)),
    )
    .command(
      'report [run]',
      'Report a stored run again',
      (y) =>
        stored(y)
          .positional('run', {
            type: 'string',
            describe: 'Id of a run, or its beginning; default: the newest',
          })
          .option('format', {
            type: 'string',
            default: 'text',
            describe: 'text, json or html, or several with commas',
          })
          .option('out', { type: 'string', describe: 'Folder to write to; default: stdout for one format' }),
      async (argv) => ending((await import('./commands/report.js')).report(argv)),
    )
    .command(
      'export [runs..]',
      'Write stored runs as JSON, loss-free',
      (y) =>
        stored(y)
          .positional('runs', { type: 'string', array: true, describe: 'Ids of runs; default: all' })
          .option('out', { type: 'string', describe: 'File to write; default: stdout' }),
      async (argv) => ending((await import('./commands/export.js')).exportRuns(argv)),
    )
    .command(
      'import <files..>',
      'Read runs from JSON into the store; what is there already stays as it is',
      (y) => stored(y).positional('files', { type: 'string', array: true, demandOption: true }),
      async (argv) => ending((await import('./commands/import.js')).importRuns(argv)),
    )
    .command(
      'doctor',
      'Say what on this machine will spoil a measurement',
      (y) => y.option('json', jsonFlag),
      async (argv) => ending((await import('./commands/doctor.js')).doctor(argv)),
    )
    .demandCommand(1, 1, 'Name a command.', 'Name one command.')
    .strictCommands()
    .strictOptions()
    .recommendCommands()
    .version(version())
    .alias('version', 'v')
    .help()
    .alias('help', 'h')
    .parserConfiguration({ 'duplicate-arguments-array': false })
    .wrap(Math.min(110, process.stderr.columns ?? 100))
    .exitProcess(false)
    .fail((message, error, y) => {
      if (error) throw error;
      throw usage(message, y);
    });
  await parser.parseAsync();
  return exitCode;
}

const jsonFlag = { type: 'boolean', default: false, describe: 'Print one JSON document' } as const;

function stored<T>(y: Argv<T>) {
  return y
    .option('json', jsonFlag)
    .option('config', { type: 'string', describe: 'Configuration; default: perf.config.yaml' })
    .option('store', { type: 'string', describe: 'SQLite file of the history' });
}

function measuring<T>(y: Argv<T>) {
  return y
    .option('processes', { type: 'number', describe: 'Fresh processes per probe' })
    .option('time', {
      type: 'string',
      coerce: durationFlag('time'),
      describe: 'Time to sample in each, such as 300ms',
    })
    .option('deadline', {
      type: 'string',
      coerce: durationFlag('deadline'),
      describe: 'Time after which a process is killed, such as 60s',
    })
    .option('only', { type: 'string', describe: 'Only probes whose "suite › name" contains this' })
    .option('seed', { type: 'number', describe: 'Seed of the order and of the probes, to repeat a run' })
    .option('config', { type: 'string', describe: 'Configuration; default: perf.config.yaml' })
    .check(({ processes, seed }) => {
      whole('processes', processes, 1, 1000);
      whole('seed', seed, 0, 2 ** 31 - 1);
      return true;
    });
}

function judging<T>(y: Argv<T>) {
  return y
    .option('json', jsonFlag)
    .option('fail-on', { choices: failOnValues, describe: 'Least severity that ends with exit code 1' });
}

function whole(name: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return;
  throw new UsageError('usage/number', `--${name} is ${value}.`, {
    remedy: `Give a whole number from ${low} to ${high}.`,
  });
}

/** A yargs message as an error that names the next step; yargs itself suggests commands but no flags. */
function usage(message: string, y: Argv): UsageError {
  const unknown = /^Unknown arguments?: ([\w-]+)/.exec(message)?.[1];
  if (unknown !== undefined) {
    const { key } = (y as unknown as { getOptions(): { key: Record<string, unknown> } }).getOptions();
    const known = Object.keys(key).filter((name) => name.length > 1);
    const guess = didYouMean(unknown, known).replace(/"(.*)"/, '"--$1"');
    return new UsageError('usage/unknown-flag', `There is no flag --${unknown} here.`, {
      seen: unknown,
      remedy: `${guess} See "perfkit --help".`.trim(),
    });
  }
  const sentence = message.trim().replace(/\s*\n\s*/g, ' ');
  return new UsageError('usage/command-line', /[.?!]$/.test(sentence) ? sentence : `${sentence}.`, {
    remedy: 'See "perfkit --help".',
  });
}
