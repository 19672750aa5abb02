import { describeError, type Failure, PerfError } from '@perf/schema/core';

const STACK_LIMIT = 4096;

/** Whatever was thrown, as a measurement keeps it. */
export function failureOf(error: unknown): Failure {
  const message = describeError(error);
  if (!(error instanceof Error)) return { code: 'thrown-value', message };
  const code = error instanceof PerfError ? error.code : error.name;
  return { code, message, ...(error.stack !== undefined && { stack: error.stack.slice(0, STACK_LIMIT) }) };
}
