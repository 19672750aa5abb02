import { constructorOf } from './constructors.js';
import { findCulprit } from './find-culprit.js';
import { type SnapshotNodes, snapshotNodes } from './snapshot-nodes.js';
import type { HeapSnapshot } from './snapshot-reader.js';

/** What changed from one snapshot of a process to a later one. */
export interface SnapshotDiff {
  /** Bytes of all objects, before and after. */
  readonly bytes: { readonly before: number; readonly after: number };
  /** By constructor, most bytes gained first; those without a change are left out. */
  readonly constructors: readonly {
    readonly name: string;
    /** Objects that only the later one has, and only the earlier one. */
    readonly added: number;
    readonly removed: number;
    /** Bytes of all of them after, less those before. */
    readonly bytes: number;
  }[];
  /** The path to where most of the new objects hang; empty if they hang nowhere together. */
  readonly path: readonly string[];
}

/** Fewer new objects at one place are no pattern. */
const LEAST_NEW = 2;

/**
 * Compares two snapshots of one process, the earlier one first. Objects are the same where V8 gives them the same id.
 *
 * @param limit - Constructors, at most so many.
 *
 * Cost: O(n log n) in the objects of both, and that of `findRetainers` for the later one.
 */
export function snapshotDiff(before: HeapSnapshot, after: HeapSnapshot, limit = 20): SnapshotDiff {
  const [earlier, later] = [snapshotNodes(before), snapshotNodes(after)];
  const [earlierIds, laterIds] = [idsOf(earlier), idsOf(later)];
  const changes = new Map<string, { name: string; added: number; removed: number; bytes: number }>();
  const tally = (nodes: SnapshotNodes, others: Uint32Array, sign: 1 | -1) => {
    let bytes = 0;
    for (let node = 1; node < nodes.count; node += 1) {
      const name = constructorOf(nodes, node);
      const entry = changes.get(name) ?? { name, added: 0, removed: 0, bytes: 0 };
      const size = nodes.size(node);
      bytes += size;
      entry.bytes += sign * size;
      if (!includes(others, nodes.id(node))) entry[sign === 1 ? 'added' : 'removed'] += 1;
      changes.set(name, entry);
    }
    return bytes;
  };
  const bytes = { before: tally(earlier, laterIds, -1), after: tally(later, earlierIds, 1) };
  const constructors = [...changes.values()]
    .filter(({ added, removed, bytes: gained }) => added > 0 || removed > 0 || gained !== 0)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, limit);
  // Even ids are of what Node.js adds, and are not given in order of time.
  const newest = earlierIds.findLast((id) => id % 2 === 1) ?? 0;
  return { bytes, constructors, path: findCulprit(later, { newerThan: newest, leastCount: LEAST_NEW }) };
}

/** Ascending. */
function idsOf(nodes: SnapshotNodes): Uint32Array {
  return Uint32Array.from({ length: nodes.count }, (_, node) => nodes.id(node)).sort();
}

/** By bisection. */
function includes(sorted: Uint32Array, id: number): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < id) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === id;
}
