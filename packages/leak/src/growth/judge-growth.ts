import type { Interval, LeakFinding } from '@perf/schema';
import { quantile } from '@perf/stats';
import { fitLine } from './fit-line.js';
import type { Floor } from './floors.js';

/** Blocks below which nothing is judged: each half needs four readings to have a slope with an interval. */
export const FEWEST_BLOCKS = 6;
/** Share of the blocks that must grow: 18 of 24 do so by chance once in a hundred series of fair coins. */
const GROWING_SHARE = 0.75;
/** What growing blocks gain over what shrinking ones lose, at least. Readings that go up and down end near 1. */
const GAIN_OVER_LOSS = 3;
/** The second half of the blocks must grow at least at this fraction of the first half's rate. */
const SUSTAINED = 0.5;
/** Growth has ended when the second half's rate is, at its upper bound, below this fraction of the first half's. */
const ENDED = 0.25;
/** How one resource grew. */
export interface GrowthVerdict {
  readonly verdict: LeakFinding['verdict'];
  /** Per iteration: bytes, or a number. */
  readonly perIteration: Interval;
  /** Smallest growth per iteration that could have been called leaking here. */
  readonly sensitivity: number;
}

/**
 * Whether growth is a leak. An interval that excludes 0 is not enough: programs without leaks warm up, fill caches
 * and make steps. `leaking` takes all of
 *
 * 1. an effect: the slope's lower bound above the floor per iteration, and its rise above the floor in total;
 * 2. evenness: three of four blocks grow, together they gain three times what the others lose, and the second half of
 *    the blocks, taken alone, still grows above the floor and at no less than half of the first half's rate.
 *
 * `saturating`: the first half grew above the floors and the second one, at its upper bound, at less than a quarter
 * of that. `steady`: the upper bound lies below the floors, or the readings never moved as far as the floor in total.
 * `undecided` is the rest.
 *
 * @param iterations - Done at each reading, ascending, shape (blocks + 1).
 * @param readings - Same shape: bytes, or a number. Nothing is mutated.
 *
 * Cost: see `fitLine`.
 */
export function judgeGrowth(
  iterations: readonly number[],
  readings: readonly number[],
  floor: Floor,
): GrowthVerdict {
  const blocks = iterations.length - 1;
  if (blocks < 1) return { verdict: 'undecided', perIteration: nothing(), sensitivity: floor.total };
  const span = (iterations[blocks] as number) - (iterations[0] as number);
  const slope = fitLine(iterations, readings);
  const least = Math.max(floor.perIteration, floor.total / span);
  const sensitivity = Math.max(least, floor.perIteration + (slope.high - slope.low) / 2);
  const given = { perIteration: slope, sensitivity };
  if (blocks < FEWEST_BLOCKS) return { verdict: 'undecided', ...given };

  const middle = Math.floor(blocks / 2);
  const early = fitLine(iterations.slice(0, middle + 1), readings.slice(0, middle + 1));
  const late = fitLine(iterations.slice(middle), readings.slice(middle));
  const grows = slope.low > floor.perIteration && slope.estimate >= least;
  const goesOn = late.low > floor.perIteration && late.estimate >= SUSTAINED * early.estimate;
  if (grows && goesOn && isEven(readings)) return { verdict: 'leaking', ...given };

  const earlyRise = early.estimate * ((iterations[middle] as number) - (iterations[0] as number));
  const grewFirst = early.low > floor.perIteration && earlyRise >= floor.total;
  if (grewFirst && late.high < ENDED * early.estimate) return { verdict: 'saturating', ...given };

  const range = quantile(readings, 1) - quantile(readings, 0);
  if (slope.high < least || range < floor.total) return { verdict: 'steady', ...given };
  return { verdict: 'undecided', ...given };
}

function isEven(readings: readonly number[]): boolean {
  const steps = stepsOf(readings);
  const gains = steps.filter((step) => step > 0);
  const gained = gains.reduce((sum, step) => sum + step, 0);
  const lost = gained - steps.reduce((sum, step) => sum + step, 0);
  return gains.length >= GROWING_SHARE * steps.length && gained >= GAIN_OVER_LOSS * lost;
}

function stepsOf(values: readonly number[]): number[] {
  return values.slice(1).map((value, index) => value - (values[index] as number));
}

function nothing(): Interval {
  return { estimate: 0, low: 0, high: 0 };
}
