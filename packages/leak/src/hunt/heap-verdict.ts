import type { Interval } from '@perf/schema';
import type { LaterContainer } from '../count/census.js';
import type { Counted } from '../count/count-growth.js';
import type { GrowthVerdict } from '../growth/judge-growth.js';
import type { FilledContainer } from './plan.js';

/** What counting sees: one thing that each iteration leaves behind, if only a number in an array [bytes]. */
const SEEN_BY_COUNTING = 8;
/** Bytes' growth goes on while objects are counted if the heap still gains this part of it; below the other, it ended. */
const GOES_ON = 0.5;
const ENDED = 0.25;

/** What a hunt says of the heap. */
export interface HeapVerdict {
  readonly verdict: GrowthVerdict;
  /** Containers that filled up, at their last sizes, or that will. */
  readonly filled: readonly FilledContainer[];
}

/** What came after the counts, and what is left. */
export interface Since {
  /** Done after the counts; 0 if none was. */
  readonly iterations: number;
  /** Bytes until the heap is full. */
  readonly room: number;
  /** Bytes that each iteration adds outside of it, at most. */
  readonly external: number;
}

/**
 * The verdict on the heap from what bytes say over many iterations and exact counts over few.
 *
 * Counts see what bytes do not, one small object per iteration, and what came later sees whether growth goes on: where
 * bytes could have seen what was counted and do not, or the containers that grew gained no more, it ended. Where bytes grow
 * evenly and nothing that is counted does, the heap's size while it was counted decides. Growth of caches that tell their
 * limit ends there, if there is room for it.
 */
export async function heapVerdict(
  bytes: GrowthVerdict,
  counted: Counted,
  since: Since,
): Promise<HeapVerdict> {
  const foretold = counted.verdict === 'leaking' ? await fillingUp(bytes, counted, since) : undefined;
  if (foretold !== undefined) return foretold;
  if (counted.verdict !== 'leaking' || bytes.verdict === 'leaking' || counted.allowed.length > 0) {
    const verdict = combined(bytes, counted);
    return { verdict, filled: verdict.verdict === 'saturating' ? counted.filled : [] };
  }
  const sensitivity = Math.min(bytes.sensitivity, SEEN_BY_COUNTING);
  const rate = countedRate(counted);
  const isOver = bytes.sensitivity <= rate.estimate && bytes.perIteration.high < GOES_ON * rate.estimate;
  const later = await counted.later();
  if (isOver || haveStopped(later, counted, since.iterations))
    return {
      verdict: { verdict: 'saturating', perIteration: bytes.perIteration, sensitivity },
      filled: later,
    };
  return { verdict: { verdict: 'leaking', perIteration: rate, sensitivity }, filled: [] };
}

/** Bytes are those of what was counted if they grow at no more than so many times its rate. */
const SAME_RATE = 1.5;

/** Caches on their way to their limits, if that is all that grows and there is room for them. */
async function fillingUp(
  bytes: GrowthVerdict,
  counted: Counted,
  { iterations, room, external }: Since,
): Promise<HeapVerdict | undefined> {
  const { limits, containers } = counted;
  const rate = countedRate(counted);
  const isMore = bytes.verdict === 'leaking' && bytes.perIteration.low > SAME_RATE * rate.high;
  if (limits.size === 0 || isMore) return undefined;
  const later = await counted.later();
  const isNamed = later.every(({ index }) => containers.some((container) => container.index === index));
  if (!isNamed || haveStopped(later, counted, iterations)) return undefined;
  const done = total(counted.iterations);
  const filled: FilledContainer[] = [];
  for (const { index } of containers) {
    const found = later.find((container) => container.index === index);
    const limit = limits.get(index);
    // One without a limit is allowed to grow.
    if (found === undefined || limit === undefined) continue;
    const { name, of, size, gains } = found;
    if (limit.size < size) return undefined;
    const left = Math.ceil((limit.size - size) / (total(gains) / done));
    const ahead = { name: limit.name, size: limit.size, iterations: left };
    filled.push({ name, of, size, gains, ...(left > 0 && { limit: ahead }) });
  }
  const perIteration = bytes.verdict === 'leaking' ? bytes.perIteration : rate;
  const left = Math.max(0, ...filled.map(({ limit }) => limit?.iterations ?? 0));
  if (filled.length === 0 || left * (perIteration.high + external) > room) return undefined;
  const sensitivity = Math.min(bytes.sensitivity, SEEN_BY_COUNTING);
  return { verdict: { verdict: 'saturating', perIteration, sensitivity }, filled };
}

function haveStopped(
  later: readonly LaterContainer[],
  { iterations }: Counted,
  iterationsSince: number,
): boolean {
  const counts = total(iterations);
  return (
    iterationsSince > 0 &&
    later.length > 0 &&
    later.every(({ gains, since }) => since < ENDED * (total(gains) / counts) * iterationsSince)
  );
}

function combined(bytes: GrowthVerdict, counted: Counted): GrowthVerdict {
  const sensitivity = Math.min(bytes.sensitivity, SEEN_BY_COUNTING);
  const given = { perIteration: bytes.perIteration, sensitivity };
  if (counted.allowed.length > 0 || ['leaking', 'undecided'].includes(counted.verdict))
    return { ...given, verdict: counted.verdict };
  if (bytes.verdict === 'leaking') {
    const part = counted.bytesPerIteration / bytes.perIteration.estimate;
    return { ...bytes, verdict: part >= GOES_ON ? 'leaking' : part < ENDED ? 'saturating' : 'undecided' };
  }
  // Bytes that never moved have not grown: a class or two that came and stopped are a program's beginning.
  const isFull = counted.verdict === 'saturating' && bytes.verdict === 'undecided';
  return { ...given, verdict: bytes.verdict === 'saturating' || isFull ? 'saturating' : 'steady' };
}

/** Bytes of what grew, per iteration: from the least window to the greatest; of containers a reference for each element. */
function countedRate({ growing, containers, iterations }: Counted): Interval {
  const windows = iterations.map((done, index) => {
    const classes = growing.reduce((sum, { rates }) => sum + (rates[index] ?? 0), 0);
    if (growing.length > 0) return classes;
    const elements = containers.reduce((sum, { gains }) => sum + (gains[index] ?? 0), 0);
    return (SEEN_BY_COUNTING * elements) / done;
  });
  const all = total(iterations);
  const estimate = windows.reduce(
    (sum, rate, index) => sum + (rate * (iterations[index] as number)) / all,
    0,
  );
  return { estimate, low: Math.min(...windows), high: Math.max(...windows) };
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
