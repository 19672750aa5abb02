import { type Floor, floorsOf } from '../growth/floors.js';
import type { HeldResource } from '../held/read-held.js';

/** What the allocator keeps for itself moves by more than what is held: so many times the floor of the heap. */
const RSS_TIMES = 4;
/** At one more an hour the 1,024 descriptors that a process may have by custom last for six weeks. */
const COUNT_PER_HOUR = 1;

/** What growth per hour, and in total over a window, must exceed to be suspicious: bytes, or a number. */
export function watchFloors(
  floorBytes: number,
  floorBytesPerHour: number,
): Readonly<Record<HeldResource, Floor>> {
  const { fd, handle } = floorsOf();
  const bytes = { perIteration: floorBytesPerHour, total: floorBytes };
  return {
    heap: bytes,
    external: bytes,
    rss: { ...bytes, total: RSS_TIMES * floorBytes },
    fd: { perIteration: COUNT_PER_HOUR, total: fd.total },
    handle: { perIteration: COUNT_PER_HOUR, total: handle.total },
  };
}
