import type { Measurement, Pairing as PairingRecord } from '@perf/schema';
import { failedMeasurement, failureOfEnding } from '../failed-measurement.js';
import type { Ending } from '../probe-process.js';
import { receivedMeasurement, type SeenProcess } from '../received-measurement.js';
import type { LivePair, PairStart } from './live-pair.js';
import { leadInOf, pairsIn, roundsOfBatch, roundTimes, undisturbed } from './turn-plan.js';
import { type Side, sides } from './turns.js';

/** Length of a window of warm-up [ms], and how many there are at most. */
const WINDOW_MS = 30;
const MOST_WINDOWS = 8;
/** Two windows in a row agree when neither side's speed differs by more. */
const STEADY = 0.05;
/** So few pairs of batches at least, however slow the code is. */
const LEAST_PAIRS = 5;

/** How a pair takes its turns. */
export interface TurnOptions {
  /** Time in turns that count [ms]. */
  readonly timeMs: number;
  /** 1, or 2 for a pair that is to confirm a change. */
  readonly round: number;
  /** How often the series is planned to be looked at, once that is settled. */
  readonly looks?: number;
  readonly seed: number;
  /** Whether both sides look where time and memory go when their turns are over. */
  readonly profile: boolean;
}

/** What one pair of processes gave, and what it cost. */
export interface PairOutcome {
  readonly measurements: Readonly<Record<Side, Measurement>>;
  /** Time in turns that count [ms]. */
  readonly batchesMs: number;
}

/**
 * Lets a pair that is alive take its turns: windows until the speed of both sides is steady, then for as long as asked;
 * and has both measure the rest alone, off the CPU where the next pair begins.
 *
 * @returns How to wait for what it gave: undefined if it was interrupted.
 */
export async function takeTurns(
  pair: LivePair,
  start: PairStart,
  { timeMs, round, looks, seed, profile }: TurnOptions,
): Promise<() => Promise<PairOutcome | undefined>> {
  const startedAt = new Date();
  const done = await turnsThatCount(pair, { timeMs, seed });
  let moved: Promise<void> | undefined;
  if (done === undefined) {
    // One side has ended; what the other waits for will not come.
    pair.stop();
  } else {
    // Both measure the rest alone already while they are moved. A profile is better where nobody else is.
    if (!profile) moved = pair.pin('off');
    pair.finish(
      {
        a: { rounds: done.rounds, times: done.times.a },
        b: { rounds: done.rounds, times: done.times.b },
      },
      profile,
    );
  }
  const { pairing } = start;
  const record: PairingRecord = {
    method: pairing.method,
    round,
    ...(looks !== undefined && { looks }),
    batches: done?.times.a.length ?? 0,
    preempted: done?.leftOut ?? 0,
    warmup: done?.warmup ?? 0,
    seed,
    ...(pairing.method === 'lockstep' && { cpu: pairing.cpu }),
  };
  return async () => {
    const [endings] = await Promise.all([pair.endings, moved]);
    if (start.signal.aborted) return undefined;
    const measured = (side: Side) => measurementOf(side, endings, start, { startedAt, record });
    return { measurements: { a: measured('a'), b: measured('b') }, batchesMs: done?.batchesMs ?? 0 };
  };
}

async function turnsThatCount(
  pair: LivePair,
  { timeMs, seed }: { timeMs: number; seed: number },
): Promise<
  | { rounds: number; times: Record<Side, number[]>; leftOut: number; warmup: number; batchesMs: number }
  | undefined
> {
  let roundNs = await pair.ready();
  if (roundNs === undefined) return undefined;
  await pair.pin('on');
  let warmup = 0;
  for (let window = 0; window < MOST_WINDOWS; window += 1) {
    const rounds = roundsOfBatch(roundNs);
    const pairs = pairsIn(WINDOW_MS, rounds, roundNs, 1);
    const turns = await pair.turns({ pairs, rounds, leadIn: leadInOf(roundNs), seed: seed + window + 1 });
    if (turns === undefined) return undefined;
    const before = roundNs;
    const now = roundTimes(turns, rounds);
    roundNs = now;
    warmup += pairs;
    if (sides.every((side) => Math.abs(Math.log(now[side] / before[side])) <= STEADY)) break;
  }
  const rounds = roundsOfBatch(roundNs);
  const from = performance.now();
  const pairs = pairsIn(timeMs, rounds, roundNs, LEAST_PAIRS);
  const turns = await pair.turns({ pairs, rounds, leadIn: leadInOf(roundNs), seed });
  if (turns === undefined) return undefined;
  return { rounds, ...undisturbed(turns), warmup, batchesMs: performance.now() - from };
}

function measurementOf(
  side: Side,
  endings: Readonly<Record<Side, Ending>>,
  { planned, contexts, deadlineMs, variants }: PairStart,
  { startedAt, record }: { startedAt: Date; record: PairingRecord },
): Measurement {
  const ending = endings[side];
  const { probe } = planned[side];
  const { processIndex: index, seed } = contexts[side];
  const pid = ending.how === 'interrupted' ? 0 : ending.pid;
  const seen: SeenProcess = { probe, index, pid, seed, startedAt };
  if (ending.how === 'answered' && ending.answer.did === 'pair') {
    return receivedMeasurement(ending.answer.measurements[side], seen, record);
  }
  const partner = sides.find((other) => other !== side) as Side;
  const left = ending.how === 'interrupted' || isPartnerGone(ending);
  const failure = left
    ? {
        status: 'failed' as const,
        error: {
          code: 'runner/partner-gone',
          message: `It was stopped: the process of ${variants[partner].label} that it took turns with had failed.`,
        },
      }
    : failureOfEnding(ending, deadlineMs);
  return failedMeasurement({ ...seen, ...failure });
}

function isPartnerGone(ending: Exclude<Ending, { how: 'interrupted' }>): boolean {
  return (
    ending.how === 'answered' &&
    ending.answer.did === 'fail' &&
    ending.answer.failure.code === 'runner/partner-gone'
  );
}
