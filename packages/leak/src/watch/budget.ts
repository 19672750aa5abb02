import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import type { HeldResource } from '../held/read-held.js';
import { ownCapacity } from '../subject/capacity.js';

/** What a resource may come to, and what is left of it: bytes, or a number. */
export interface Budget {
  readonly limit: number;
  readonly left: number;
}

/**
 * The budget of a resource: of the heap what V8 allows it, or `budgetBytes`; of other memory what the container or the
 * machine allows the process, of which all its resident memory is taken; of descriptors the soft limit, where it can be
 * read. Handles have none.
 *
 * @param held - Of the resource now.
 */
export function budgetOf(
  resource: HeldResource,
  held: number,
  budgetBytes: number | undefined,
): Budget | undefined {
  if (resource === 'heap') return leftOf(budgetBytes ?? getHeapStatistics().heap_size_limit, held);
  if (resource === 'external' || resource === 'rss') {
    // Without a limit the container's is a number beyond all memory, or 0.
    const limit = Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());
    return leftOf(limit, process.memoryUsage.rss());
  }
  const descriptors = resource === 'fd' ? ownCapacity().fd : undefined;
  return descriptors === undefined ? undefined : leftOf(descriptors, held);
}

function leftOf(limit: number, taken: number): Budget {
  return { limit, left: Math.max(0, limit - taken) };
}
