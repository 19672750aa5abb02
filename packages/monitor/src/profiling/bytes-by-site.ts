import { type AllocationNode, attributeAllocations } from './attribute-allocations.js';
import type { Place } from './call-frame.js';

/** Bytes allocated by one function. */
export interface SiteBytes extends Place {
  readonly bytes: number;
  /** Of all bytes that are not perfkit's own. */
  readonly share: number;
}

/** Bytes by function, most first; see `attributeAllocations` for which of them count, and for whom. */
export function bytesBySite(head: AllocationNode): { bytes: number; sites: SiteBytes[] } {
  const sites = new Map<string, { place: Place; bytes: number }>();
  let all = 0;
  for (const { node, place, key } of attributeAllocations(head)) {
    const site = sites.get(key) ?? { place, bytes: 0 };
    site.bytes += node.selfSize;
    all += node.selfSize;
    sites.set(key, site);
  }
  const sorted = [...sites.values()].sort((a, b) => b.bytes - a.bytes);
  return { bytes: all, sites: sorted.map(({ place, bytes }) => ({ ...place, bytes, share: bytes / all })) };
}
