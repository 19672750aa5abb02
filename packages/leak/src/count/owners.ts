import { NONE, type Retainers } from '../snapshot/retainers.js';
import type { SnapshotNodes } from '../snapshot/snapshot-nodes.js';

/** Objects to look at for the limit of a container: the one that has it, and the one that has that. */
const MOST_OWNERS = 2;
/** References of an object that may be one with a limit: all properties of a dictionary are too many to ask for. */
const MOST_FIELDS = 200;

/** Ids of the objects that a node belongs to, nearest first; none where a variable holds it. */
export function ownersOf(nodes: SnapshotNodes, { parent }: Retainers, node: number = NONE): number[] {
  const owners: number[] = [];
  let at = node;
  while (at !== NONE && owners.length < MOST_OWNERS) {
    at = parent[at] as number;
    if (at === NONE || !isOwner(nodes, at)) break;
    owners.push(nodes.id(at));
  }
  return owners;
}

function isOwner(nodes: SnapshotNodes, node: number): boolean {
  const { from, to } = nodes.edges(node);
  return (
    nodes.kind(node) === 'object' && !nodes.name(node).startsWith('system / ') && to - from <= MOST_FIELDS
  );
}

/** Whether a node's retaining path leads through an object of these ids. */
export function hangsOn(
  nodes: SnapshotNodes,
  { parent }: Retainers,
  { node, ids }: { node: number; ids: ReadonlySet<number> },
): boolean {
  for (let at = node; at !== NONE; at = parent[at] as number) if (ids.has(nodes.id(at))) return true;
  return false;
}
