import type { Measurement, ProbeId } from '@perf/schema';
import type { Spent, Step } from '@perf/stats';

/** How two variants are set against each other. */
export type Pairing =
  | { readonly method: 'lockstep'; readonly cpu: number; readonly others: readonly number[] }
  | { readonly method: 'one-process'; readonly reason: string }
  | { readonly method: 'processes'; readonly reason: string };

/** Two sides that take turns. */
export type TurnPairing = Exclude<Pairing, { method: 'processes' }>;

/** Decides how a probe's measuring goes on, from all of its measurements so far. */
export type NextStep = (
  probe: ProbeId,
  measurements: { readonly a: readonly Measurement[]; readonly b: readonly Measurement[] },
  spent: Spent,
) => Step;
