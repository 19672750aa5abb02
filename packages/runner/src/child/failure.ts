import { describeError, type Failure } from '@perf/schema/core';

const STACK_LIMIT = 4096;

/** Whatever was thrown, as a measurement keeps it. */
export function failureOf(error: unknown): Failure {
  const message = describeError(error);
  if (!(error instanceof Error)) return { code: 'thrown-value', message };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message, ...(error.stack !== undefined && { stack: error.stack.slice(0, STACK_LIMIT) }) };
}
