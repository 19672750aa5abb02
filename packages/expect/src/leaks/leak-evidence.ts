import type { LeakFinding } from '@perf/schema';

/** What can be held on to: `heap`, `external`, `rss`, `fd` or `handle`. */
export type LeakResource = LeakFinding['resource'];

/** How one resource grew, and what is known of the cause. */
export type LeakEvidence = Pick<
  LeakFinding,
  'resource' | 'verdict' | 'bytesPerIteration' | 'sensitivityBytes' | 'culprit' | 'exhaustion' | 'fullAt'
>;

/** What a hunt for leaks found, wherever it was run. */
export interface Hunted {
  /** What was run, for people. */
  readonly name: string;
  readonly evidence: readonly LeakEvidence[];
  /** Objects of one constructor that became more, and their bytes; most bytes first. */
  readonly constructors: readonly { readonly name: string; readonly count: number; readonly bytes: number }[];
  /** What is to be known about how it came about. */
  readonly warnings: readonly string[];
  /** Resources that count, where nobody says otherwise. */
  readonly counting: readonly LeakResource[];
}
