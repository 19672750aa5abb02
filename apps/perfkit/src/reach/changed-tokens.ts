import type { Outline, Token } from '@perf/runner';
import type { Hunk } from './hunks.js';

/** Code that one side has and the other has not, in the order in which it is written. */
export interface ChangedTokens {
  readonly a: readonly Token[];
  readonly b: readonly Token[];
}

/**
 * The tokens that really differ within hunks: of each hunk what is left after its common beginning and end. Comments,
 * white space and line breaks are no tokens, so that a change of them alone gives none.
 */
export function changedTokens(
  hunks: readonly Hunk[],
  a: Pick<Outline, 'tokens'>,
  b: Pick<Outline, 'tokens'>,
): ChangedTokens {
  const changed = hunks.map((hunk) => trimmed(within(a, hunk.a), within(b, hunk.b)));
  return { a: changed.flatMap((part) => part.a), b: changed.flatMap((part) => part.b) };
}

function within({ tokens }: Pick<Outline, 'tokens'>, { line, count }: Hunk['a']): Token[] {
  return tokens.filter((token) => token.line >= line && token.line < line + count);
}

function trimmed(a: readonly Token[], b: readonly Token[]): { a: Token[]; b: Token[] } {
  const shorter = Math.min(a.length, b.length);
  let before = 0;
  while (before < shorter && a[before]?.text === b[before]?.text) before += 1;
  let after = 0;
  while (after < shorter - before && a.at(-1 - after)?.text === b.at(-1 - after)?.text) after += 1;
  return { a: a.slice(before, a.length - after), b: b.slice(before, b.length - after) };
}
