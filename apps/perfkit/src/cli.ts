import yargs from 'yargs';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { flags } from './flags.js';
import { refuseRepeatedFlags, usageError, withoutSeparator } from './usage-error.js';
import { joinedFlags } from './variants/joined-flags.js';
import { version } from './version.js';

/**
 * Runs one command line and gives its exit code.
 *
 * What a command does is loaded only when it runs, so that help answers at once.
 *
 * @param given - Without the names of Node and the script.
 * @throws {PerfError} for whatever the command cannot do.
 */
export async function cli(given: readonly string[]): Promise<ExitCode> {
  const args = joinedFlags(given);
  refuseRepeatedFlags(args);
  const words = withoutSeparator(args);
  let exitCode: ExitCode = exitCodes.fine;
  const ending = async (code: Promise<ExitCode>) => {
    exitCode = await code;
  };
  await yargs(words)
    .detectLocale(false)
    .scriptName('perfkit')
    .usage(
      '$0 <command>\n\nTells whether a change made Node.js software slower or hungrier: by how much, where, and how sure that is.',
    )
    .command(
      'run [files..]',
      'Measure perf files, store the run, judge it against the baseline, report',
      (y) =>
        y.options(flags.run).positional('files', {
          type: 'string',
          array: true,
          describe: 'Files, folders or globs; default: the configuration',
        }),
      async (argv) => ending((await import('./commands/run.js')).run(argv)),
    )
    .command(
      'compare [a] [b] [files..]',
      'Measure the same probes on two versions, interleaved, and say which is slower',
      (y) =>
        y
          .options(flags.compare)
          .positional('a', {
            type: 'string',
            describe:
              'The reference: a directory, git:<ref>, npm:<package>@<version> or node:<binary>; default: git:merge-base',
          })
          .positional('b', { type: 'string', describe: 'What is judged; default: the working tree' })
          .positional('files', {
            type: 'string',
            array: true,
            describe: 'Perf files, relative to each side',
          }),
      async (argv) => ending((await import('./commands/compare.js')).compare(argv)),
    )
    .command(
      'baseline <action> [run]',
      'Say which run is the reference of a branch in this environment',
      (y) =>
        y
          .options(flags.baseline)
          .positional('action', { choices: ['set', 'show', 'clear'] as const, demandOption: true })
          .positional('run', {
            type: 'string',
            describe: 'Id of a run, or its beginning; default: the newest',
          }),
      async (argv) => ending((await import('./commands/baseline.js')).baseline(argv)),
    )
    .command(
      'report [run]',
      'Report a stored run again',
      (y) =>
        y.options(flags.report).positional('run', {
          type: 'string',
          describe: 'Id of a run, or its beginning; default: the newest',
        }),
      async (argv) => ending((await import('./commands/report.js')).report(argv)),
    )
    .command(
      'advise [run]',
      'Say what follows from a stored run, each piece with its evidence',
      (y) =>
        y.options(flags.advise).positional('run', {
          type: 'string',
          describe: 'Id of a run, or its beginning; default: the newest',
        }),
      async (argv) => ending((await import('./commands/advise.js')).advise(argv)),
    )
    .command(
      'export [runs..]',
      'Write stored runs as JSON, loss-free: one run, or several with one to a line',
      (y) =>
        y
          .options(flags.export)
          .positional('runs', { type: 'string', array: true, describe: 'Ids of runs; default: all' }),
      async (argv) => ending((await import('./commands/export.js')).exportRuns(argv)),
    )
    .command(
      'import <files..>',
      'Read runs from JSON into the store; what is there already stays as it is',
      (y) => y.options(flags.import).positional('files', { type: 'string', array: true, demandOption: true }),
      async (argv) => ending((await import('./commands/import.js')).importRuns(argv)),
    )
    .command(
      'ci <action> [run]',
      'Put a run on GitHub: one comment on its pull request, or a step summary and annotations',
      (y) =>
        y
          .options(flags.ci)
          .positional('action', { choices: ['comment', 'summary'] as const, demandOption: true })
          .positional('run', {
            type: 'string',
            describe: 'Id of a run, or its beginning; default: the newest',
          }),
      async (argv) => ending((await import('./commands/ci.js')).ci(argv)),
    )
    .command(
      'trend [probe]',
      'Show how the stored series developed: levels, changes and alerts',
      (y) =>
        y.options(flags.trend).positional('probe', {
          type: 'string',
          describe: 'Only probes whose "suite › name" contains this',
        }),
      async (argv) => ending((await import('./commands/trend.js')).trend(argv)),
    )
    .command(
      'accept <probe>',
      'Write down in perf.waivers.yaml that a regression is accepted for a while',
      (y) =>
        y.options(flags.accept).positional('probe', {
          type: 'string',
          describe: 'Its "suite › name", or a part that only one stored probe has',
        }),
      async (argv) => ending((await import('./commands/accept.js')).accept(argv)),
    )
    .command(
      'leak [action] [files..]',
      'Say what a heap snapshot or heap profile is made of (top), or what was added from one to the next (diff); or hunt for leaks in a process that runs (--attach)',
      (y) =>
        y
          .options(flags.leak)
          .positional('action', { choices: ['top', 'diff'] as const })
          .positional('files', { type: 'string', array: true }),
      async (argv) => {
        const { action, files = [], attach } = argv;
        if (attach !== undefined)
          return ending((await import('./commands/leak-attach.js')).leakAttach({ ...argv, attach }));
        if (action === undefined) throw usageError('Not enough non-option arguments', args);
        return ending((await import('./commands/leak.js')).leak({ ...argv, action, files }));
      },
    )
    .command(
      'history',
      'List the stored runs, the last started first',
      (y) => y.options(flags.history),
      async (argv) => ending((await import('./commands/history.js')).history(argv)),
    )
    .command(
      'doctor',
      'Say what on this machine will spoil a measurement',
      (y) => y.options(flags.doctor),
      async (argv) => ending((await import('./commands/doctor.js')).doctor(argv)),
    )
    .epilogue(
      'Exit codes: 0 fine, 1 regression of at least --fail-on, leak or broken gate, 2 usage or configuration, 3 a probe failed, 4 undecided (with --fail-on undecided), 130 interrupted',
    )
    .demandCommand(1, 1, 'Name a command.', 'Name one command.')
    .strictCommands()
    .strictOptions()
    .recommendCommands()
    .version(version())
    .alias('version', 'v')
    .help()
    .alias('help', 'h')
    .wrap(Math.min(110, process.stdout.columns || 100))
    .exitProcess(false)
    .fail((message, error) => {
      // The parser's own errors are about the command line; what a command throws is passed on.
      throw error === undefined || error.name === 'YError'
        ? usageError(message || error?.message, args)
        : error;
    })
    .parseAsync();
  return exitCode;
}
