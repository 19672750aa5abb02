import { describeError, type Failure } from '@perf/schema/core';

/** Longest message and stack that are kept: what a measured program throws may be megabytes [characters]. */
const LIMIT = 4096;

/** Whatever was thrown, as a measurement keeps it. */
export function failureOf(error: unknown): Failure {
  const message = clipped(describeError(error));
  if (!(error instanceof Error)) return { code: 'thrown-value', message };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message, ...(error.stack !== undefined && { stack: clipped(error.stack) }) };
}

function clipped(text: string): string {
  return text.length <= LIMIT ? text : `${text.slice(0, LIMIT)}… (${text.length - LIMIT} more characters)`;
}
