import { median } from '@perf/stats';
import type { TurnTimes } from './messages.js';
import { type Side, sides } from './turns.js';

/** Length of a batch, in the middle of both sides [ns]: many steps of the clock, and short against a time slice. */
const BATCH_NS = 600_000;
/** Time that a side runs before each batch [ns], until the caches hold again what the other side drove out. */
const LEAD_IN_NS = 150_000;
/** Pairs of batches that one message may ask for. */
const MOST_PAIRS = 20_000;

/** Rounds of a batch: the same for both sides, as the faster one would lose its caches more often otherwise. */
export function roundsOfBatch(roundNs: Readonly<Record<Side, number>>): number {
  return Math.max(1, Math.round(BATCH_NS / Math.sqrt(roundNs.a * roundNs.b)));
}

/** Rounds that run before each batch of a side, and not in its time: none where one alone takes longer than they may. */
export function leadInOf(roundNs: Readonly<Record<Side, number>>): Record<Side, number> {
  const of = (side: Side) => Math.floor(LEAD_IN_NS / roundNs[side]);
  return { a: of('a'), b: of('b') };
}

/** Pairs of batches that fill a time [ms], at least so many. */
export function pairsIn(
  timeMs: number,
  rounds: number,
  roundNs: Readonly<Record<Side, number>>,
  least: number,
): number {
  const leadIn = leadInOf(roundNs);
  const pairNs = (rounds + leadIn.a) * roundNs.a + (rounds + leadIn.b) * roundNs.b;
  return Math.min(MOST_PAIRS, Math.max(least, Math.round((timeMs * 1e6) / pairNs)));
}

/** Time of one round of each side [ns], from the median of its batches. */
export function roundTimes(turns: Readonly<Record<Side, TurnTimes>>, rounds: number): Record<Side, number> {
  const of = (side: Side) => Math.max(0.1, median(turns[side].times) / rounds);
  return { a: of('a'), b: of('b') };
}

/** If more than this is left out, it is not chance that interrupts: then all of it counts. */
const MOST_LEFT_OUT = 0.5;

/** The pairs of batches of which neither was interrupted by something else on the CPU. */
export function undisturbed(turns: Readonly<Record<Side, TurnTimes>>): {
  times: Record<Side, number[]>;
  leftOut: number;
} {
  const count = turns.a.times.length;
  const clean = Array.from({ length: count }, (_, index) => index).filter((index) =>
    sides.every((side) => turns[side].preempted[index] !== true),
  );
  const kept =
    clean.length < count * (1 - MOST_LEFT_OUT) ? Array.from({ length: count }, (_, i) => i) : clean;
  const of = (side: Side) => kept.map((index) => turns[side].times[index] as number);
  return { times: { a: of('a'), b: of('b') }, leftOut: count - kept.length };
}
