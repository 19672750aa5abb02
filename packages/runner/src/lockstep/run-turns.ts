import type { LiveProbe } from '@perf/schema/core';
import type { Baton } from './baton.js';
import { cpuMeter } from './cpu-meter.js';
import type { TurnsWanted, TurnTimes } from './messages.js';
import { type Side, turnsOf } from './turns.js';

/**
 * Runs the turns of the sides that live in this process, and waits for the baton while the other one has its own.
 *
 * @param live - By side; one of them with a baton, both without.
 * @throws what the measured code throws; {RunnerError} `runner/partner-gone`.
 *
 * Cost: some 5 µs around each batch, none of it in its time.
 */
export async function runTurns(
  live: ReadonlyMap<Side, LiveProbe>,
  baton: Baton | undefined,
  { pairs, rounds, leadIn, seed }: TurnsWanted,
): Promise<Partial<Record<Side, TurnTimes>>> {
  const turns = turnsOf(seed, pairs);
  const seen = new Map(
    [...live.keys()].map((side) => [side, { times: [] as number[], preempted: [] as boolean[] }]),
  );
  const elsewhere = (turn: number) => turn < turns.length && turn >= 0 && !live.has(turns[turn] as Side);
  for (const [turn, side] of turns.entries()) {
    const probe = live.get(side);
    if (probe === undefined) continue;
    if (elsewhere(turn - 1)) baton?.take();
    if (leadIn[side] > 0) {
      const leading = probe.run(leadIn[side]);
      if (typeof leading !== 'number') await leading;
    }
    const meter = cpuMeter();
    const running = probe.run(rounds);
    const time = typeof running === 'number' ? running : await running;
    const preempted = meter.preempted(time);
    const own = seen.get(side);
    own?.times.push(time);
    own?.preempted.push(preempted);
    if (elsewhere(turn + 1)) baton?.pass();
  }
  return Object.fromEntries(seen);
}
