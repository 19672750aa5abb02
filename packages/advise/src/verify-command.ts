import type { ProbeId } from '@perf/schema';

/**
 * Characters that mean nothing between double quotes in any common shell. `$`, backticks, quotes, backslashes, `!` and
 * `%` do, and names come from outside: a command that is copied into a shell must not run what a name says.
 */
const harmless = /^[\p{L}\p{N} ›,._:/+=#()@-]+$/u;
/** A longer name makes a command that nobody reads [characters]. */
const longest = 120;

/**
 * A command that measures one probe again: `perfkit run --only "cache › get" --processes 20`.
 *
 * @param flags - Added as they are: written by perfkit, never taken from a document.
 * @returns Without `--only` where the probe's name would not be harmless in a shell.
 */
export function measureAgain(probe: ProbeId | undefined, flags = ''): string {
  return command('run', probe, flags);
}

/** The same for `perfkit compare`, on its default variants: which ones it was, a document does not say in flags. */
export function compareAgain(probe: ProbeId, flags: string): string {
  return command('compare', probe, flags);
}

function command(name: 'run' | 'compare', probe: ProbeId | undefined, flags: string): string {
  const title = probe === undefined ? '' : `${probe.suite} › ${probe.name}`;
  const only =
    title.length <= longest && harmless.test(title) && !title.startsWith('-') ? ` --only "${title}"` : '';
  return `perfkit ${name}${only}${flags === '' ? '' : ` ${flags}`}`;
}
