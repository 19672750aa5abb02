import { checkHunt } from './check-hunt.js';
import { duration, requireFunction } from './check-options.js';
import type { HuntOptions } from './leak-options.js';
import { type LeakReport, reportOn } from './leak-report.js';
import { thisProcess } from './subject/this-process.js';

/** Time that a hunt without a runner has [ms]. */
const TIMEOUT_MS = 60_000;

export interface FindLeaksOptions extends HuntOptions {
  /** Time after which the hunt has to be over [ms]; default 60,000. It limits itself to less. */
  readonly timeoutMs?: number;
  /** Ends the hunt: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Hunts for leaks in a function right here, in this process, such as in a test: see `leak` for what is found and how.
 *
 * What else the process does meanwhile counts as the function's doing.
 *
 * @param fn - One iteration; a promise that it returns is awaited.
 * @throws {LeakError} `leak/not-a-function`; `leak/option`; whatever the function throws.
 *
 * Cost: some 2 to 5 s, and 20 s at most for slow functions; a process that reads heap snapshots.
 */
export async function findLeaks(fn: () => unknown, options: FindLeaksOptions = {}): Promise<LeakReport> {
  requireFunction('findLeaks', fn);
  checkHunt(options);
  duration('timeoutMs', options.timeoutMs);
  const subject = thisProcess(fn, { concurrency: options.concurrency });
  try {
    return await reportOn(subject, options, {
      share: 1,
      deadline: Date.now() + (options.timeoutMs ?? TIMEOUT_MS),
      signal: options.signal ?? new AbortController().signal,
      running: 'root',
    });
  } finally {
    subject.close();
  }
}
