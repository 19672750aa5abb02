import { constructorOf } from './constructors.js';
import { findRetainers, NONE, type Retainers } from './retainers.js';
import { retainingPath } from './retaining-path.js';
import type { SnapshotNodes } from './snapshot-nodes.js';

/** New objects of one constructor that hang on one old object. */
interface Group {
  readonly holder: number;
  readonly name: string;
  /** Nearest to the root, and farthest from it, with their distances. */
  readonly first: number;
  readonly firstDepth: number;
  last: number;
  lastDepth: number;
  /** V8's own tables, texts and code, which say less than objects and functions of the program. */
  readonly isEngine: boolean;
  readonly isObject: boolean;
  count: number;
  bytes: number;
}

/** New objects that hang on each other by so many steps, and by this part of their number, are a chain. */
const SHORTEST_CHAIN = 8;
const CHAIN_SHARE = 0.1;

/** Which objects to look for. */
export interface NewObjects {
  /** Objects with greater ids are new. */
  readonly newerThan: number;
  /** Fewer objects of a constructor on one old object are no leak: code, say, that was compiled late. */
  readonly leastCount: number;
  /** Constructors that count; all where it is absent. */
  readonly names?: ReadonlySet<string>;
}

/** New objects on one old object: one of those nearest to it, and the bytes of all. */
export interface HeldGroup {
  readonly node: number;
  readonly bytes: number;
}

/**
 * What hangs on each old object that new ones hang on; most new bytes first.
 *
 * Cost: O(nodes + edges).
 */
export function findCulprits(nodes: SnapshotNodes, retainers: Retainers, wanted: NewObjects): HeldGroup[] {
  const { newerThan, leastCount, names } = wanted;
  const groups = groupNew(nodes, retainers, newerThan).filter(
    ({ count, name }) => count >= leastCount && (names === undefined || names.has(name)),
  );
  const byHolder = new Map<number, Group[]>();
  for (const group of groups) byHolder.set(group.holder, [...(byHolder.get(group.holder) ?? []), group]);
  const bytesOf = (held: readonly Group[]) => held.reduce((sum, { bytes }) => sum + bytes, 0);
  return [...byHolder.values()]
    .map((held) => {
      const [typical] = held.sort(
        (a, b) =>
          Number(a.isEngine) - Number(b.isEngine) ||
          a.firstDepth - b.firstDepth ||
          Number(b.isObject) - Number(a.isObject) ||
          b.bytes - a.bytes,
      );
      return { node: exampleOf(typical as Group), bytes: bytesOf(held) };
    })
    .sort((a, b) => b.bytes - a.bytes);
}

/** In a chain of new objects the last, whose path tells the chain; else the nearest. */
function exampleOf({ first, firstDepth, last, lastDepth, count }: Group): number {
  return lastDepth - firstDepth >= Math.max(SHORTEST_CHAIN, CHAIN_SHARE * count) ? last : first;
}

/** The retaining path to what most new bytes hang on; empty where nothing holds so many. Cost: as `findCulprits`. */
export function findCulprit(nodes: SnapshotNodes, wanted: NewObjects): string[] {
  const retainers = findRetainers(nodes);
  const [first] = findCulprits(nodes, retainers, wanted);
  return first === undefined ? [] : retainingPath(nodes, retainers, first.node);
}

function groupNew(nodes: SnapshotNodes, { parent, order }: Retainers, newerThan: number): Group[] {
  const holders = new Uint32Array(nodes.count).fill(NONE);
  const depths = new Uint32Array(nodes.count);
  const groups = new Map<string, Group>();
  for (const node of order) {
    const above = parent[node] as number;
    const depth = above === NONE ? 0 : (depths[above] as number) + 1;
    depths[node] = depth;
    if (above === NONE) continue;
    const isOurs = isNew(nodes, node, newerThan);
    if (!isOurs && !isOfNode(nodes, node)) continue;
    const holder = holders[above] === NONE ? above : (holders[above] as number);
    holders[node] = holder;
    if (!isOurs) continue;
    const name = constructorOf(nodes, node);
    const kind = nodes.kind(node);
    const key = `${holder} ${name}`;
    const group = groups.get(key) ?? {
      holder,
      name,
      first: node,
      firstDepth: depth,
      last: node,
      lastDepth: depth,
      isEngine: kind !== 'object' && kind !== 'closure',
      isObject: kind === 'object',
      count: 0,
      bytes: 0,
    };
    group.last = node;
    group.lastDepth = depth;
    group.count += 1;
    group.bytes += nodes.size(node);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What Node.js adds to a snapshot, of no known age: what hangs on it counts for what it hangs on itself. */
function isOfNode(nodes: SnapshotNodes, node: number): boolean {
  return nodes.id(node) % 2 === 0;
}

function isNew(nodes: SnapshotNodes, node: number, newerThan: number): boolean {
  const id = nodes.id(node);
  return id % 2 === 1 && id > newerThan;
}
