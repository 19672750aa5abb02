import type { Comparison } from '@perf/schema';

/**
 * What a reader must know before any figure when the two sides were measured in different environments; undefined
 * when they were not, or when it is not recorded.
 *
 * Without the word `Warning`, which the text and the page each set in their own way.
 */
export function environmentWarning({ variants: { a, b } }: Comparison): string | undefined {
  if (a.environment === undefined || b.environment === undefined) return undefined;
  if (a.environment === b.environment) return undefined;
  return 'the two sides were measured on different machines or Node versions. The differences may be theirs, not those of the code.';
}
