import { PerfError } from '@perf/schema/core';
import { didYouMean } from './closest.js';
import { flags } from './flags.js';

/** A command line or configuration that cannot be followed: `usage/…` and `config/…`. The CLI ends with 2. */
export class UsageError extends PerfError {
  override readonly name = 'UsageError';
}

/**
 * What the parser of the command line complains of, with the next step. The parser suggests commands but no flags.
 *
 * @param args - The command line, its command first.
 */
export function usageError(message: string, args: readonly string[]): UsageError {
  const command = Object.entries(flags).find(([name]) => args.includes(name));
  const help = `See "perfkit ${command === undefined ? '' : `${command[0]} `}--help".`;
  const [, lone, other] = /^Missing dependent arguments:\s*(\S+) -> (\S+)/.exec(message) ?? [];
  if (lone !== undefined)
    return new UsageError('usage/lone-flag', `--${lone} needs --${other}.`, { remedy: help });
  const unknown = /^Unknown arguments?: ([\w-]+)/.exec(message)?.[1];
  if (/^Not enough non-option arguments/.test(message)) {
    return new UsageError('usage/incomplete', `"perfkit ${args.join(' ')}" lacks an argument.`, {
      remedy: help,
    });
  }
  if (/^Not enough arguments following: profile\b/.test(message)) {
    return new UsageError('usage/profile', '--profile needs the name of a profile of the configuration.', {
      remedy: 'Such as --profile quick. To see where time and memory go, write --profiling.',
    });
  }
  if (unknown === undefined) {
    const meant = /^Did you mean (.+)\?$/.exec(message.trim())?.[1];
    if (meant !== undefined) {
      const typed = args.find((arg) => !arg.startsWith('-')) ?? '';
      return new UsageError('usage/unknown-command', `There is no command "${typed}".`, {
        seen: typed,
        remedy: `Did you mean "${meant}"? ${help}`,
      });
    }
    const sentence = message.trim().replace(/\s*\n\s*/g, ' ');
    return new UsageError('usage/command-line', /[.?!]$/.test(sentence) ? sentence : `${sentence}.`, {
      remedy: help,
    });
  }
  const known = command === undefined ? [] : Object.keys(command[1]);
  const guess = didYouMean(unknown, known).replace(/"(.*)"/, '"--$1"');
  return new UsageError('usage/unknown-flag', `There is no flag --${unknown} here.`, {
    seen: unknown,
    remedy: `${guess} ${help}`.trim(),
  });
}

/**
 * Checks a whole number given by a flag.
 *
 * @throws {UsageError} `usage/number` if it is not one from `low` to `high`. An absent one is fine.
 */
export function checkWhole(flag: string, value: number | undefined, low: number, high: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= low && value <= high)) return;
  throw new UsageError('usage/number', `--${flag} is ${Number.isNaN(value) ? 'not a number' : value}.`, {
    seen: value,
    remedy: `Give a whole number from ${low} to ${high}.`,
  });
}

/** Flags that may be given several times. */
const repeatable: ReadonlySet<string> = new Set([
  '--tag',
  '--not-tag',
  '--a-flag',
  '--b-flag',
  '--a-env',
  '--b-env',
  '--header',
  '--allow',
]);

/**
 * Refuses a flag that is given twice: the parser would add its numbers up.
 *
 * @throws {UsageError} `usage/repeated-flag`.
 */
export function refuseRepeatedFlags(args: readonly string[]): void {
  const end = args.indexOf('--');
  const seen = new Set<string>();
  for (const arg of end === -1 ? args : args.slice(0, end)) {
    const flag = /^--[^=]+/.exec(arg)?.[0];
    if (flag === undefined || repeatable.has(flag)) continue;
    if (seen.has(flag)) {
      throw new UsageError('usage/repeated-flag', `${flag} is given twice.`, {
        seen: flag,
        remedy: 'Give it once.',
      });
    }
    seen.add(flag);
  }
}

/**
 * The command line without its `--`, behind which the parser of commands does not look.
 *
 * @throws {UsageError} `usage/separator` if a word behind it would read as a flag without it.
 */
export function withoutSeparator(args: readonly string[]): string[] {
  const at = args.indexOf('--');
  if (at === -1) return [...args];
  const behind = args.slice(at + 1);
  const flag = behind.find((word) => word.startsWith('-'));
  if (flag === undefined) return [...args.slice(0, at), ...behind];
  throw new UsageError('usage/separator', `"${flag}" behind "--" reads as a flag.`, {
    seen: flag,
    remedy: `Write ./${flag} for a file of that name.`,
  });
}
