import { median } from '@perf/stats';

/** A later window must grow at this part of the median rate; growth at less is coming to an end. */
const SUSTAINED = 0.5;
/** Growth has ended where the last window's rate is below this part of the median before it. */
const ENDED = 0.25;
/** Windows that growth must have been seen in before it can be said to have ended. */
const FEWEST = 2;

/** What must be gained per iteration to count. */
export interface LeastGrowth {
  /** Objects of one class, or elements of one container. */
  readonly count: number;
  /** Bytes of a class whose objects do not become more. */
  readonly bytes: number;
}

/** One object in ten iterations. */
const LEAST_OBJECTS = 0.1;
/** A window of few iterations has stray objects, whose number does not depend on them: so many at least, and bytes. */
const STRAY_OBJECTS = 4;
const STRAY_BYTES = 2048;

/**
 * What counts as growth between counts.
 *
 * @param iterations - Of the shortest window.
 * @param floorBytes - Bytes per iteration that are no leak.
 */
export function leastGrowth(iterations: number, floorBytes: number): LeastGrowth {
  return {
    count: Math.max(LEAST_OBJECTS, Math.min(1, STRAY_OBJECTS / iterations)),
    bytes: Math.max(floorBytes, STRAY_BYTES / iterations),
  };
}

/** How something grew from window to window. */
export type Course = 'growing' | 'ended' | 'neither';

/**
 * Whether something that is counted exactly grows with the iterations: in every window, and at no less than half of its
 * median rate. What only warms up does so in one window or two, and a cache that fills has a last window without.
 *
 * @param gains - By window, in time order, shape (windows); whatever is counted.
 * @param iterations - By window, same shape, above 0.
 * @param least - Gain per iteration that counts.
 */
export function courseOf(gains: readonly number[], iterations: readonly number[], least: number): Course {
  const rates = gains.map((gain, index) => gain / (iterations[index] as number));
  if (rates.length === 0) return 'neither';
  const middle = median(rates);
  if (rates.every((rate) => rate >= least && rate >= SUSTAINED * middle)) return 'growing';
  const before = rates.slice(0, -1);
  const grew = before.filter((rate) => rate >= least).length >= FEWEST;
  return grew && (rates.at(-1) as number) < ENDED * median(before) ? 'ended' : 'neither';
}
