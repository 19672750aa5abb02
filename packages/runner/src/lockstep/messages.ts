import type { Batches, Measurement, ProbeContext } from '@perf/schema';
import type { BatonPaths } from './baton.js';
import type { Side } from './turns.js';

/** Which side, or both, a process plays, and with whom. */
export interface PairTask {
  readonly do: 'pair';
  readonly parts: readonly {
    readonly side: Side;
    readonly file: string;
    readonly context: Omit<ProbeContext, 'signal' | 'tell'>;
  }[];
  /** Absent when both sides are in one process. */
  readonly baton?: BatonPaths;
  /** Longest time to run alone before the first turn [ms]. */
  readonly aloneMs: number;
}

/** Turns that both sides take. */
export interface TurnsWanted {
  /** Of batches. */
  readonly pairs: number;
  /** In each batch. */
  readonly rounds: number;
  /** Rounds before each batch of a side, not in its time: the other one has left little of it in the caches. */
  readonly leadIn: Readonly<Record<Side, number>>;
  /** Of the order in which the sides take turns. */
  readonly seed: number;
}

/** What the parent says to a process that has answered `ready` or `turns`. */
export type PairStep =
  | ({ readonly do: 'turns' } & TurnsWanted)
  | {
      readonly do: 'finish';
      readonly batches: Readonly<Partial<Record<Side, Batches>>>;
      /** Whether to look where time and memory go as well. */
      readonly profile: boolean;
    };

/** What one side did in its turns, in the order in which they came. */
export interface TurnTimes {
  /** Time of each batch [ns]. */
  readonly times: readonly number[];
  /** Of each batch: whether something else ran on its CPU meanwhile. */
  readonly preempted: readonly boolean[];
}

/** What a process says on the way. */
export type PairNews =
  /** Time of one round alone [ns], by side. */
  | { readonly did: 'ready'; readonly roundNs: Readonly<Partial<Record<Side, number>>> }
  | { readonly did: 'turns'; readonly sides: Readonly<Partial<Record<Side, TurnTimes>>> };

/** What it answers at the end. */
export interface PairAnswer {
  readonly did: 'pair';
  readonly measurements: Readonly<Partial<Record<Side, Measurement>>>;
}
