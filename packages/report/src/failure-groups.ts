import type { Measurement } from '@perf/schema';
import { visible, visibleLines } from './visible.js';
import { counted } from './words/counted.js';

/** Failures of one probe with the same status, code and message. */
export interface FailureGroup {
  /** Such as `crashed in 2 of 7 processes`. */
  readonly what: string;
  /** The message, which ends with the error's remedy if it had one; neutralised, on one line. */
  readonly reason: string;
  /** Code of the error, exit code and signal, as far as known; neutralised. */
  readonly facts: string;
  /** The stack and the last output of the first such process, line by line, neutralised. */
  readonly stack: readonly string[];
  readonly output: readonly string[];
}

const words = { ok: 'ended well', failed: 'failed', 'timed-out': 'timed out', crashed: 'crashed' } as const;

/** A probe's failures, each distinct one once. @param processes - How many processes measured the probe. */
export function failureGroups(failures: readonly Measurement[], processes: number): FailureGroup[] {
  const groups = new Map<string, [Measurement, ...Measurement[]]>();
  for (const failure of failures) {
    const key = JSON.stringify([failure.status, failure.error?.code, failure.error?.message]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [failure]);
    else group.push(failure);
  }
  return [...groups.values()].map((group) => {
    const [{ status, error, failedAsExpected }] = group;
    const facts = [
      error?.code,
      error?.exitCode === undefined || error.exitCode === null ? undefined : `exit code ${error.exitCode}`,
      error?.signal === undefined || error.signal === null ? undefined : `signal ${error.signal}`,
    ].filter((fact) => fact !== undefined);
    return {
      what: `${failedAsExpected === true ? 'failed as expected' : words[status]} in ${group.length} of ${counted(processes, 'process')}`,
      reason: visible(error?.message.trim() || 'no reason is recorded'),
      facts: visible(facts.join(', ')),
      stack: linesOf(error?.stack),
      output: linesOf(error?.output),
    };
  });
}

function linesOf(text: string | undefined): string[] {
  return text === undefined || text.trim() === '' ? [] : visibleLines(text);
}
