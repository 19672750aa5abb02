import { type CallFrame, frameKey, type Place, placeOf } from './call-frame.js';
import { ownerOf, servesOwner } from './own-code.js';

/** A node of V8's sampling heap profile: a function in the stack that its ancestors are. */
export interface AllocationNode {
  /** Its script is `0` for what is built in. */
  readonly callFrame: CallFrame & { readonly scriptId: string };
  /** Bytes allocated with it on top, estimated from the samples. */
  readonly selfSize: number;
  readonly children: readonly this[];
}

/** A node that allocated something, and the function that its bytes count for. */
export interface AttributedAllocation<Node> {
  readonly node: Node;
  readonly place: Place;
  /** Tells functions apart, also two on one line; those of unknown place by their names alone. */
  readonly key: string;
  /** Whether it is no function of a script. The place of one that is may be unknown: no file, and line 0. */
  readonly isBuiltIn: boolean;
}

/** A function, or whose it is when it is perfkit's; `undefined` at the root. */
type Caller = AllocationNode['callFrame'] | ReturnType<typeof ownerOf>;

/**
 * The nodes of a heap profile that allocated, each with the function that its bytes count for: what is built in (such as
 * `Array.from`) counts for the function that called it, and what perfkit's own code allocates is left out.
 *
 * V8 knows no file of functions that `eval` made, nor of those whose script it has collected by the time of the profile.
 * They count for themselves: their callers may well be Node.js's, which only loaded them.
 *
 * Callers come before what they call. Cost: O(nodes) time; no recursion, so that a tree may be of any depth.
 */
export function* attributeAllocations<Node extends AllocationNode>(
  head: Node,
): Generator<AttributedAllocation<Node>, void, undefined> {
  /** Nodes to visit, the next one last, with the last function above that is written in JavaScript. */
  const waiting: { node: Node; caller: Caller }[] = [{ node: head, caller: undefined }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, caller } = next;
    const { callFrame, children } = node;
    let below = caller;
    if (typeof caller !== 'string' || isNameless(callFrame) || !servesOwner(caller, callFrame.url)) {
      const frame = isBuiltIn(callFrame) && typeof caller === 'object' ? caller : callFrame;
      const place = placeOf(frame);
      const owner = ownerOf(place.file);
      if (node.selfSize > 0 && owner === undefined) {
        yield { node, place, key: frameKey(frame), isBuiltIn: isBuiltIn(frame) };
      }
      below = owner ?? (isBuiltIn(callFrame) ? caller : frame);
    }
    for (const child of children.toReversed()) waiting.push({ node: child, caller: below });
  }
}

function isBuiltIn({ url, scriptId }: AllocationNode['callFrame']): boolean {
  return url === '' && scriptId === '0';
}

function isNameless({ url, scriptId }: AllocationNode['callFrame']): boolean {
  return url === '' && scriptId !== '0';
}
