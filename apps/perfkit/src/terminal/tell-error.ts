import { visible } from '@perf/report';
import { describeError, PerfError } from '@perf/schema/core';

/** Tells on stderr why a command could not be followed: in one line, and with the stack if it is a fault of ours. */
export function tellError(error: unknown): void {
  const lines = [`perfkit: ${describeError(error)}`];
  if (!(error instanceof PerfError) && error instanceof Error) lines.push(...(error.stack ?? '').split('\n'));
  process.stderr.write(`${lines.map(visible).join('\n')}\n`);
}
