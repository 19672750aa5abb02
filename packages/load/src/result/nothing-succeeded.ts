import type { Failure } from '@perf/schema';
import type { LoadRecorder } from '../recording/load-recorder.js';

/** Kinds of errors that a message names. */
const NAMED = 3;

/** The failure of a load of which no operation succeeded, or `undefined`. Its counts are kept all the same. */
export function nothingSucceeded({ response, errors }: LoadRecorder): Failure | undefined {
  if (response.totalCount > 0) return undefined;
  const kinds = Object.entries(errors.toRecord())
    .slice(0, NAMED)
    .map(([kind, count]) => `${kind} (${count})`);
  const seen = kinds.length === 0 ? 'None was started.' : `Failures: ${kinds.join(', ')}.`;
  return {
    code: 'load/nothing-succeeded',
    message: `No operation succeeded, so there is nothing to measure. ${seen} Call the target once by hand.`,
  };
}
