import { watch } from '@perf/monitor';
import type { ProfilerOverhead } from '@perf/schema';
import { median, medianInterval } from '@perf/stats';
import { timeBatch } from './time-batch.js';
import type { Workload } from './workload.js';

/** All blocks together are meant to take so long [ns], and one of them. */
const TOTAL_NS = 60_000_000;
const BLOCK_NS = 2_500_000;
/** Fewer pairs than this say nothing about a few percent: then there is no figure. */
const FEWEST_PAIRS = 4;

/** Time of so many rounds [ms], hooks left out. */
export async function timeOf(workload: Workload, rounds: number): Promise<number> {
  return (await timeBatch(workload, rounds)) / 1e6;
}

/**
 * How much longer the same work takes in one way than in another: the median of the ratios of neighbouring blocks,
 * minus 1. The order turns from pair to pair (plain, other, other, plain, …), so that drift cancels out. Noise can
 * make it slightly negative.
 *
 * @param times - `plain` and `other` run one block each and give its time.
 * @throws the signal's reason once it is aborted.
 */
export async function excessTime(
  pairs: number,
  times: { readonly plain: () => Promise<number>; readonly other: () => Promise<number> },
  signal: AbortSignal,
): Promise<number> {
  const ratios = await blockRatios(pairs, times, signal);
  return ratios.length === 0 ? Number.NaN : median(ratios) - 1;
}

/** The ratio that each pair of neighbouring blocks gave, other over plain; see `excessTime`. */
export async function blockRatios(
  pairs: number,
  times: { readonly plain: () => Promise<number>; readonly other: () => Promise<number> },
  signal: AbortSignal,
): Promise<number[]> {
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    signal.throwIfAborted();
    const time = { plain: 0, other: 0 };
    for (const way of pair % 2 === 0 ? (['plain', 'other'] as const) : (['other', 'plain'] as const)) {
      time[way] = await times[way]();
    }
    if (time.plain > 0) ratios.push(time.other / time.plain);
  }
  return ratios;
}

/**
 * CPU time of the process over so many rounds [ms]: what its neighbours on the machine take away is not in it, what its
 * other threads do is.
 */
export async function cpuTimeOf(workload: Workload, rounds: number): Promise<number> {
  const before = process.cpuUsage();
  await timeBatch(workload, rounds);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The median of such ratios minus 1, with an interval of at least 95 % where there are six or more. */
export function overheadOf(ratios: readonly number[], of: ProfilerOverhead['of']): ProfilerOverhead {
  const { estimate, low, high, confidence } = medianInterval(ratios);
  return { of, estimate: estimate - 1, low: low - 1, high: high - 1, confidence, pairs: ratios.length };
}

/**
 * What `watch()`, which is on while samples are taken, costs the measured code: its time with it over its time without,
 * minus 1. Beginning and ending the watch is not in it: samples do not contain that either.
 *
 * @param batch - Rounds of one sample; a block is several of them.
 * @param roundNs - Time of one round [ns]. Rounds so long that four pairs do not fit into 60 ms have no figure.
 */
export async function observationOverhead(
  workload: Workload,
  { batch, roundNs }: { batch: number; roundNs: number },
  signal: AbortSignal,
): Promise<number | undefined> {
  const rounds = batch * Math.max(1, Math.round(BLOCK_NS / (batch * roundNs)));
  const pairs = Math.floor(TOTAL_NS / (2 * rounds * roundNs));
  if (pairs < FEWEST_PAIRS) return undefined;
  /** A batch beforehand, in both ways, takes up what switching left in the caches. */
  const block = async () => {
    await timeOf(workload, batch);
    return timeOf(workload, rounds);
  };
  const watched = async () => {
    const observation = watch();
    try {
      return await block();
    } finally {
      await observation.stop();
    }
  };
  const excess = await excessTime(pairs - (pairs % 2), { plain: block, other: watched }, signal);
  return Number.isFinite(excess) ? excess : undefined;
}
