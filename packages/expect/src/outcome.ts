import type { Compared, Summary } from '@perf/schema';

/**
 * What became of a claim, such as "is faster than":
 * - `shown`: the whole interval is on its side;
 * - `refuted`: the whole interval is on the other side;
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
}

/** What an expectation does where it could not be decided. */
export interface WhenUndecided {
  /** `fail` or `pass`, whichever way round the expectation was put. Each says its default. */
  readonly undecided?: 'fail' | 'pass';
}
