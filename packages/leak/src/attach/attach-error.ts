import { describeError } from '@perf/schema/core';
import { LeakError } from '../leak-error.js';

/** What is wrong with the process that is to be examined, or with the way to it: `leak/attach`. */
export function attachError(message: string, remedy: string, cause?: unknown): LeakError {
  return new LeakError('leak/attach', message, { remedy, cause });
}

/** Why a connection failed, as an addition to a sentence. Of several addresses that refuse only the code is told, if that. */
export function because(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = describeError(error) || code;
  return reason === '' ? '' : `: ${reason}`;
}

/** The way that is always open. */
export const startWithInspector =
  'Start it with node --inspect=0 and attach to the ws:// URL that it prints then.';
