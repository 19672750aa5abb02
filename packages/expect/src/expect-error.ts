import { describeError, PerfError } from '@perf/schema/core';

/**
 * What keeps an expectation from being held against anything: `expect/option`, `expect/subject`, `expect/no-such-file`,
 * `expect/no-such-probe`, `expect/which-probe`, `expect/left-out`, `expect/not-loaded`, `expect/not-measured`, `expect/interrupted`,
 * `expect/no-metric`, `expect/no-comparison`, `expect/no-baseline`, `expect/config`, `expect/timeout`.
 *
 * It fails a test whichever way round the expectation was put.
 */
export class ExpectError extends PerfError {
  override readonly name = 'ExpectError';
}

/**
 * An error of any perfkit package with its place and remedy in its message: test runners show no more than that.
 * What is no `PerfError` stays as it is.
 */
function toldInFull(error: unknown): unknown {
  if (!(error instanceof PerfError)) return error;
  const { code, seen, cause } = error;
  return new ExpectError(code, describeError(error), { seen, cause });
}

/** Does work whose errors are told in full. */
export async function inFull<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toldInFull(error);
  }
}
