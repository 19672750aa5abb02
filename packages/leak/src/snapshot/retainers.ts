import type { SnapshotNodes } from './snapshot-nodes.js';

/** Roots of the moment: what the running code has on its stack. They hold everything that the probe itself holds. */
const PASSING_ROOTS = new Set(['(Stack roots)', '(Handle scope)']);
/** The edge to the continuation of the asynchronous function that is running. */
const RUNNING = 'current_microtask';
/**
 * What the running function counts for: as a root like others where the program itself called, whose variables those are;
 * only where nothing else retains where perfkit did, whose own steps would stand at the beginning of every path.
 */
export type Running = 'root' | 'last';
/** V8's tables of texts, which let go of what nothing else holds. */
const WEAK_ROOTS = new Set(['(Internalized strings)', '(External strings)', '(Weak roots)']);
/** Node's list of all that it cleans up at its end: it says nothing of who holds on to it. */
const CLEANUP_LIST = 'Node / CleanupQueue';
/** No edge leads here. */
export const NONE = 0xffff_ffff;

/** For every node the edge by which it is reached first, and the nodes in the order in which they are reached. */
export interface Retainers {
  /** Edge by number, or `NONE` for the root and for what only weak references reach. */
  readonly edge: Uint32Array;
  /** Node that the edge comes from. */
  readonly parent: Uint32Array;
  readonly order: Uint32Array;
}

/**
 * The shortest retaining path of every node, breadth first from the root. Weak edges retain nothing; the stack of the
 * running code, and Node's list of what to clean up, count only where nothing else retains.
 *
 * Cost: O(nodes + edges) time, 13 bytes per node.
 */
export function findRetainers(nodes: SnapshotNodes, running: Running = 'root'): Retainers {
  const edge = new Uint32Array(nodes.count).fill(NONE);
  const parent = new Uint32Array(nodes.count).fill(NONE);
  const order = new Uint32Array(nodes.count);
  const seen = new Uint8Array(nodes.count);
  const postponed: { from: number; by: number; to: number }[] = [];
  let length = 0;
  const reach = (from: number, by: number, to: number) => {
    if (seen[to] === 1) return;
    seen[to] = 1;
    edge[to] = by;
    parent[to] = from;
    order[length] = to;
    length += 1;
  };
  const walk = (begin: number) => {
    for (let next = begin; next < length; next += 1) {
      const node = order[next] as number;
      const { from, to } = nodes.edges(node);
      const hasRunning = running === 'last' && nodes.kind(node) === 'synthetic';
      const isLastResort = (by: number, target: number) =>
        (hasRunning && nodes.edgeName(by) === RUNNING) || isPassing(nodes, target);
      for (let by = from; by < to; by += 1) {
        if (nodes.isWeak(node, by)) continue;
        const target = nodes.target(by);
        if (isWeakRoot(nodes, target)) continue;
        if (seen[target] === 0 && isLastResort(by, target)) postponed.push({ from: node, by, to: target });
        else reach(node, by, target);
      }
    }
  };
  reach(NONE, NONE, 0);
  walk(0);
  const unpassed = length;
  for (const { from, by, to } of postponed) reach(from, by, to);
  walk(unpassed);
  return { edge, parent, order: order.subarray(0, length) };
}

function isWeakRoot(nodes: SnapshotNodes, node: number): boolean {
  return nodes.kind(node) === 'synthetic' && WEAK_ROOTS.has(nodes.name(node));
}

function isPassing(nodes: SnapshotNodes, node: number): boolean {
  const kind = nodes.kind(node);
  if (kind === 'synthetic') return PASSING_ROOTS.has(nodes.name(node));
  return kind === 'native' && nodes.name(node) === CLEANUP_LIST;
}
