import type { AdviceFinding } from '@perf/schema';
import type { Evidence } from './evidence.js';

/** What a rule found. The engine adds the rule's id, checks the evidence and sorts. */
export interface Draft extends Omit<AdviceFinding, 'rule'> {
  /**
   * How much of what is measured is at stake, in [0, 1]: a share of time, bytes, operations or throughput. It orders
   * findings of one severity and is not kept.
   */
  readonly effect: number;
}

/** One thing to look for in a run. Pure: the same evidence gives the same findings. */
export interface Rule {
  /** Stable, kebab-case; reports and machines know the rule by it. */
  readonly id: string;
  /** What it says and when, in one sentence. */
  readonly summary: string;
  /** Reads only. Findings without evidence ids, with unknown ones or with figures that are no interval are dropped. */
  examine(evidence: Evidence): readonly Draft[];
}
