import { didYouMean } from '../closest.js';
import { UsageError } from '../usage-error.js';
import type { What } from './side.js';

const kinds = ['git', 'npm', 'node'];
const FORMS =
  'A variant is a directory, git:<ref>, git:merge-base, npm:<package>@<version> or node:<path of a Node binary>.';

/**
 * A side of a comparison as it is typed: `../before`, `git:main`, `npm:@scope/name@^1.2`, `node:/opt/node22/bin/node`.
 *
 * A single letter before the colon is a drive of Windows.
 *
 * @throws {UsageError} `usage/variant` for anything that starts like one of these and is none.
 */
export function parseSide(text: string): What {
  const [, kind = '', rest = ''] = /^([a-z]{2,}):(.*)$/s.exec(text) ?? [];
  if (kind === '') return { kind: 'directory', path: text };
  if (rest.trim() === '') throw refused(text, `"${text}" names nothing.`);
  if (kind === 'git') return { kind, ref: rest };
  if (kind === 'node') return { kind, path: rest };
  if (kind === 'npm') {
    const [, name, range = 'latest'] = /^((?:@[\w.~-]+\/)?[\w.~-]+)(?:@(.+))?$/s.exec(rest) ?? [];
    if (name === undefined) throw refused(text, `"${rest}" is not the name of a package.`);
    return { kind, name, range };
  }
  throw refused(text, `There is no kind of variant "${kind}:".`, didYouMean(kind, kinds));
}

function refused(text: string, message: string, guess = ''): UsageError {
  return new UsageError('usage/variant', message, { seen: text, remedy: `${FORMS}${guess}` });
}

/**
 * Variables as they are typed, `KEY=VALUE` each.
 *
 * @param flag - That they are given with, for the error.
 * @throws {UsageError} `usage/variable`.
 */
export function parseVariables(flag: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, key, value] = /^([^=\0]+)=([^\0]*)$/s.exec(text) ?? [];
      if (key !== undefined && value !== undefined) return [key, value];
      throw new UsageError('usage/variable', `${flag} is "${text}".`, {
        seen: text,
        remedy: `Write ${flag} KEY=VALUE, once for each variable.`,
      });
    }),
  );
}

/**
 * Flags of Node as they are typed, one each.
 *
 * @throws {UsageError} `usage/node-flag`.
 */
export function parseNodeFlags(flag: string, texts: readonly string[]): string[] {
  return texts.map((text) => {
    if (/^--?[\w-]+(=.*)?$/s.test(text)) return text;
    throw new UsageError('usage/node-flag', `${flag} is "${text}".`, {
      seen: text,
      remedy: `Write ${flag}=--max-old-space-size=200, once for each flag of Node.`,
    });
  });
}
