import { getPriority } from 'node:os';
import type { LiveProbe, Probe, ProbeContext } from '@perf/schema/core';
import { RunnerError } from '../runner-error.js';

/** What is run for one count. */
export interface CountSize {
  /** Of a batch. */
  readonly rounds: number;
  readonly batches: number;
}

/** Rounds that are run whatever the clock says, so that what they execute can be counted from outside. */
export interface CountedRounds {
  readonly size: CountSize;
  /** Counts after the warm-up. */
  readonly counts: number;
}

/** What became of rounds that were asked for. */
export interface RoundsDone {
  /** Operations of one round. */
  readonly operations: number;
  /** How large a count should be; absent unless that was asked for. */
  readonly size?: CountSize;
}

/** So many times the batches of a count run before any count, so that V8 has optimised the code and the loop around it. */
const WARM_UP = 4;
/** Length of one batch in a process that nothing slows down [ns]. */
const BATCH_NS = 1_250_000;
/** Batches that are timed; the fastest counts, since what else the machine does can only slow them down. */
const TRIALS = 20;
const MOST_ROUNDS = 2 ** 18;
/** Some 100 million instructions together, against which what is around them does not matter. */
const MOST_BATCHES = 16;

/**
 * Runs a probe for exactly so many rounds; or, asked for none, finds out how many a count should have.
 *
 * @throws {RunnerError} `runner/no-rounds` for a kind of probe that has none; whatever the measured code throws.
 */
export async function performRounds(
  probe: Probe,
  context: ProbeContext,
  asked: CountedRounds | undefined,
): Promise<RoundsDone> {
  if (probe.open === undefined) {
    throw new RunnerError('runner/no-rounds', `Instructions of the kind "${probe.kind}" cannot be counted.`, {
      remedy: 'Only benchmarks run a number of rounds that is given.',
    });
  }
  const live = await probe.open(context);
  const { operations } = live;
  try {
    if (asked === undefined) return { operations, size: await sizeOf(live) };
    const { size, counts } = asked;
    await runBatches(live, { ...size, batches: WARM_UP * size.batches });
    for (let count = 0; count < counts; count += 1) {
      mark();
      await runBatches(live, size);
    }
    mark();
    return { operations };
  } finally {
    await live.close();
  }
}

/** Calls a function of the C library that nothing else calls, at which callgrind closes one count and opens the next. */
function mark(): void {
  getPriority();
}

async function runBatches(live: LiveProbe, { rounds, batches }: CountSize): Promise<void> {
  for (let batch = 0; batch < batches; batch += 1) await live.run(rounds);
}

/**
 * How large a count should be. Powers of four, so that the same code is given the same size nearly always: how V8
 * optimises the loop around the code, and with it the count, depends a little on it.
 */
async function sizeOf(live: LiveProbe): Promise<CountSize> {
  let rounds = 1;
  let least = await fastest(live, rounds);
  while (rounds < MOST_ROUNDS && least < BATCH_NS / 2) {
    rounds *= 4;
    least = await fastest(live, rounds);
  }
  const batches = least < 2 * BATCH_NS ? MOST_BATCHES : least < 8 * BATCH_NS ? MOST_BATCHES / 4 : 1;
  return { rounds, batches };
}

/** Least time of a batch [ns]; slow ones are run once. */
async function fastest(live: LiveProbe, rounds: number): Promise<number> {
  let least = await live.run(rounds);
  for (let trial = 1; trial < TRIALS && least < TRIALS * BATCH_NS; trial += 1)
    least = Math.min(least, await live.run(rounds));
  return least;
}
