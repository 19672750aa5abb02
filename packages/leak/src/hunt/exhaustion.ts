import type { LeakFinding } from '@perf/schema';
import type { GrowthVerdict } from '../growth/judge-growth.js';
import type { HeldLog } from '../held/held-log.js';
import type { HeldResource } from '../held/read-held.js';
import type { Capacity } from '../subject/subject.js';

/** What a leak fills. */
export interface Room {
  readonly capacity: Capacity;
  /** Bytes that stand in for it. */
  readonly budget?: number | undefined;
}

/**
 * How many more iterations a leak takes to fill what there is, from the last reading on.
 *
 * @returns `undefined` for what does not leak or has no limit that is known.
 */
export function exhaustionOf(
  resource: HeldResource,
  { verdict, perIteration }: GrowthVerdict,
  log: HeldLog,
  room: Room,
): LeakFinding['exhaustion'] | undefined {
  if (verdict !== 'leaking') return undefined;
  const limit = limitOf(resource, room);
  const held = log.readings(resource).at(-1);
  if (limit === undefined || held === undefined) return undefined;
  const left = Math.max(0, limit - held);
  return { budget: limit, iterations: Math.floor(left / perIteration.estimate) };
}

function limitOf(resource: HeldResource, { capacity, budget }: Room): number | undefined {
  if (resource === 'fd') return capacity.fd;
  if (resource === 'handle') return undefined;
  return budget ?? (resource === 'heap' ? capacity.heap : undefined);
}
