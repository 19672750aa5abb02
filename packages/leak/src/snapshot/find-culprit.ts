import { constructorOf } from './constructors.js';
import { findRetainers, NONE, type Retainers } from './retainers.js';
import { retainingPath } from './retaining-path.js';
import type { SnapshotNodes } from './snapshot-nodes.js';

/** New objects of one constructor that hang on one old object. */
interface Group {
  readonly holder: number;
  /** Nearest to the root. */
  readonly first: number;
  /** Made by the program; the rest are V8's own tables, texts and code. */
  readonly own: boolean;
  count: number;
  bytes: number;
}

/**
 * The retaining path from a root, over the old object that most of the new bytes hang on, to one of the new objects
 * of the constructor that has most bytes there.
 *
 * @param newerThan - Objects with greater ids are new.
 * @param leastCount - Fewer objects of a constructor on one old object are no leak: code, say, that was compiled late.
 * @returns Steps such as `instances: Array`; empty if no old object holds so many new ones.
 *
 * Cost: O(nodes + edges).
 */
export function findCulprit(nodes: SnapshotNodes, newerThan: number, leastCount: number): string[] {
  const retainers = findRetainers(nodes);
  const groups = groupNew(nodes, retainers, newerThan).filter(({ count }) => count >= leastCount);
  const held = new Map<number, number>();
  for (const { holder, bytes } of groups) held.set(holder, (held.get(holder) ?? 0) + bytes);
  const [most] = [...held].sort(([, a], [, b]) => b - a);
  const [typical] = groups
    .filter(({ holder }) => holder === most?.[0])
    .sort((a, b) => Number(b.own) - Number(a.own) || b.bytes - a.bytes);
  return typical === undefined ? [] : retainingPath(nodes, retainers, typical.first);
}

function groupNew(nodes: SnapshotNodes, { parent, order }: Retainers, newerThan: number): Group[] {
  const holders = new Uint32Array(nodes.count).fill(NONE);
  const groups = new Map<string, Group>();
  for (const node of order) {
    const above = parent[node] as number;
    if (above === NONE || !isNew(nodes, node, newerThan)) continue;
    const holder = isNew(nodes, above, newerThan) ? (holders[above] as number) : above;
    holders[node] = holder;
    const key = `${holder} ${constructorOf(nodes, node)}`;
    const own = nodes.kind(node) === 'object' || nodes.kind(node) === 'closure';
    const group = groups.get(key) ?? { holder, first: node, own, count: 0, bytes: 0 };
    group.count += 1;
    group.bytes += nodes.size(node);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function isNew(nodes: SnapshotNodes, node: number, newerThan: number): boolean {
  const id = nodes.id(node);
  return id % 2 === 1 && id > newerThan;
}
