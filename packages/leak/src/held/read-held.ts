import { readdirSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import type { LeakFinding } from '@perf/schema';

/** What can be held on to. */
export type HeldResource = LeakFinding['resource'];

/** All of them, in the order of reports. */
export const heldResources: readonly HeldResource[] = ['heap', 'external', 'rss', 'fd', 'handle'];

/** What the process holds at one time: bytes, or numbers of descriptors and handles; NaN where it cannot be read. */
export type Held = Readonly<Record<HeldResource, number>>;

/**
 * Reads what this process holds now. Collects nothing.
 *
 * `heap`: used bytes of V8's heap. `external`: bytes of buffers and other memory that objects of the heap own.
 * `rss`: resident memory less the physical memory of V8's heap, whose pages come and go by V8's own policy; what is
 * left is native memory, and grows when an addon or a library leaks. `fd`: open descriptors, where the system lists
 * them in /proc. `handle`: what keeps the event loop alive, such as timers, sockets and requests.
 */
export function readHeld(): Held {
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    heap: heapUsed,
    external,
    rss: Math.max(0, rss - getHeapStatistics().total_physical_size),
    fd: openDescriptors(),
    handle: process.getActiveResourcesInfo().length,
  };
}

function openDescriptors(): number {
  try {
    // One of them is the listing itself.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return Number.NaN;
  }
}
