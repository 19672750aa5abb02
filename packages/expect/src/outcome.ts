import type { Compared, Summary } from '@perf/schema';
import type { LeakEvidence } from './leaks/leak-evidence.js';

/**
 * What became of a claim, such as "is faster than" or "leaks":
 * - `shown`: the whole interval is on its side, or the fact is;
 * - `refuted`: the whole interval is on the other side, or the fact is;
 * - `undecided`: neither, for which too few processes or a noisy machine are the usual reasons;
 * - `no-baseline`: there was nothing to compare with, and that was allowed.
 */
export type OutcomeState = 'shown' | 'refuted' | 'undecided' | 'no-baseline';

export interface Outcome {
  readonly state: OutcomeState;
  /** All of it for people, in several lines. */
  readonly explanation: string;
  /** The figures compared, the other side or the baseline as a and the subject as b. */
  readonly compared: readonly Compared[];
  /** The subject's own figure, where it was held against a limit. */
  readonly summary?: Summary;
  /** How each resource grew, where leaks were looked for. */
  readonly leaks?: readonly LeakEvidence[];
}

/** What an expectation does where it could not be decided. */
export interface WhenUndecided {
  /** `fail` or `pass`, whichever way round the expectation was put. Each says its default. */
  readonly undecided?: 'fail' | 'pass';
}
