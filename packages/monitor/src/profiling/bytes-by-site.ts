import { type CallFrame, frameKey, type Place, placeOf } from './call-frame.js';
import { ownerOf, servesOwner } from './own-code.js';

/** A node of V8's sampling heap profile: a function in the stack that its ancestors are. */
export interface AllocationNode {
  readonly callFrame: CallFrame;
  /** Bytes allocated with it on top, estimated from the samples. */
  readonly selfSize: number;
  readonly children: readonly AllocationNode[];
}

/** Bytes allocated by one function. */
export interface SiteBytes extends Place {
  readonly bytes: number;
  /** Of all bytes that are not perfkit's own. */
  readonly share: number;
}

/** A function, or whose it is when it is perfkit's; `undefined` at the root. */
type Caller = CallFrame | ReturnType<typeof ownerOf>;

/**
 * Bytes by function, most first. What is built in (such as `Array.from`) counts for the function that called it;
 * what perfkit's own code allocates counts nowhere.
 */
export function bytesBySite(head: AllocationNode): { bytes: number; sites: SiteBytes[] } {
  const sites = new Map<string, { place: Place; bytes: number }>();
  let all = 0;
  const add = (frame: CallFrame, place: Place, selfSize: number) => {
    const key = frameKey(frame);
    const site = sites.get(key) ?? { place, bytes: 0 };
    site.bytes += selfSize;
    all += selfSize;
    sites.set(key, site);
  };
  /** @param caller - The last function above that is written in JavaScript. */
  const visit = (node: AllocationNode, caller: Caller): void => {
    const { callFrame, selfSize, children } = node;
    const builtIn = callFrame.url === '';
    if (typeof caller === 'string' && servesOwner(caller, callFrame.url)) {
      for (const child of children) visit(child, caller);
      return;
    }
    const frame = builtIn && typeof caller === 'object' ? caller : callFrame;
    const place = placeOf(frame);
    const owner = ownerOf(place.file);
    if (selfSize > 0 && owner === undefined) add(frame, place, selfSize);
    for (const child of children) visit(child, owner ?? (builtIn ? caller : frame));
  };
  visit(head, undefined);
  const sorted = [...sites.values()].sort((a, b) => b.bytes - a.bytes);
  return { bytes: all, sites: sorted.map(({ place, bytes }) => ({ ...place, bytes, share: bytes / all })) };
}
