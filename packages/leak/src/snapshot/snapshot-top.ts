import { constructorOf } from './constructors.js';
import { findDominators } from './dominators.js';
import { findRetainers, NONE } from './retainers.js';
import { retainingPath } from './retaining-path.js';
import { type SnapshotNodes, snapshotNodes } from './snapshot-nodes.js';
import type { HeapSnapshot } from './snapshot-reader.js';

/** What a heap is made of. */
export interface SnapshotTop {
  /** Objects that are held, and their bytes. */
  readonly count: number;
  readonly bytes: number;
  /** Most retained bytes first. */
  readonly constructors: readonly {
    readonly name: string;
    readonly count: number;
    /** Of the objects themselves, and of all that they keep alive. */
    readonly bytes: number;
    readonly retained: number;
  }[];
  /** Objects of the program, most retained bytes first, each with its path from a root. */
  readonly largest: readonly {
    readonly name: string;
    readonly id: number;
    readonly bytes: number;
    readonly retained: number;
    readonly path: readonly string[];
  }[];
}

const OWN_KINDS = new Set(['object', 'closure', 'native', 'regexp']);

/**
 * The constructors and the objects of a snapshot that keep most memory alive.
 *
 * What objects of one constructor retain is counted once where one of them holds another.
 *
 * @param limit - Constructors and objects, at most so many each.
 *
 * Cost: that of `findDominators` and `findRetainers`.
 */
export function snapshotTop(snapshot: HeapSnapshot, limit = 20): SnapshotTop {
  const nodes = snapshotNodes(snapshot);
  const { dominator, retained } = findDominators(nodes);
  const names = Array.from({ length: nodes.count }, (_, node) => constructorOf(nodes, node));
  const byName = new Map<string, { name: string; count: number; bytes: number; retained: number }>();
  let count = 0;
  for (let node = 1; node < nodes.count; node += 1) {
    if (dominator[node] === NONE) continue;
    count += 1;
    const name = names[node] as string;
    const entry = byName.get(name) ?? { name, count: 0, bytes: 0, retained: 0 };
    entry.count += 1;
    entry.bytes += nodes.size(node);
    if (names[dominator[node] as number] !== name) entry.retained += retained[node] as number;
    byName.set(name, entry);
  }
  const constructors = [...byName.values()].sort((a, b) => b.retained - a.retained).slice(0, limit);
  return { count, bytes: retained[0] as number, constructors, largest: largestOf(nodes, retained, limit) };
}

function largestOf(nodes: SnapshotNodes, retained: Float64Array, limit: number): SnapshotTop['largest'] {
  const own: number[] = [];
  for (let node = 1; node < nodes.count; node += 1) {
    if (!OWN_KINDS.has(nodes.kind(node)) || (retained[node] as number) === 0) continue;
    const least = own.at(-1);
    if (own.length === limit && (retained[least as number] as number) >= (retained[node] as number)) continue;
    const at = own.findIndex((other) => (retained[other] as number) < (retained[node] as number));
    own.splice(at === -1 ? own.length : at, 0, node);
    if (own.length > limit) own.pop();
  }
  const retainers = findRetainers(nodes);
  return own.map((node) => ({
    name: constructorOf(nodes, node),
    id: nodes.id(node),
    bytes: nodes.size(node),
    retained: retained[node] as number,
    path: retainingPath(nodes, retainers, node),
  }));
}
