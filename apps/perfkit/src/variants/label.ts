import { basename } from 'node:path';
import type { Side } from './side.js';

/** Longest value of a variable that a label shows [characters]. */
const SHOWN = 30;
const secret = /token|secret|passw|credential|auth|api_?key|private/i;

/**
 * Names to tell two variants apart by: what they are, with the flags and variables that they do not have in common.
 *
 * @param names - What each of them is, such as `git:main (1a2b3c4)`.
 */
export function labelsOf(
  names: { a: string; b: string },
  sides: { a: Side; b: Side },
): { a: string; b: string } {
  const a = `${names.a}${settingsOf(sides.a, sides.b)}`;
  const b = `${names.b}${settingsOf(sides.b, sides.a)}`;
  return a === b ? { a: `${a} (a)`, b: `${b} (b)` } : { a, b };
}

/**
 * Names of two directories: their folders' names where they differ, else what was typed.
 *
 * @param typed - Paths as they were typed.
 * @param folders - The same, absolute.
 */
export function directoryNames(
  typed: { a: string; b: string },
  folders: { a: string; b: string },
): { a: string; b: string } {
  const short = { a: basename(folders.a), b: basename(folders.b) };
  return short.a === short.b && folders.a !== folders.b ? typed : short;
}

/** " with --jitless MODE=fast", or nothing if it has none that the other side lacks. */
function settingsOf(own: Side, other: Side): string {
  const flags = own.flags.filter((flag) => !other.flags.includes(flag));
  const variables = Object.entries(own.env)
    .filter(([key, value]) => other.env[key] !== value)
    .map(([key, value]) => `${key}=${shown(key, value)}`);
  const settings = [...flags, ...variables];
  return settings.length === 0 ? '' : ` with ${settings.join(' ')}`;
}

/** Reports travel: what sounds like a secret is not in them. */
function shown(key: string, value: string): string {
  if (secret.test(key)) return '…';
  return value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value;
}
