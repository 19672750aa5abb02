import type { HeapSnapshot, SnapshotMeta } from './snapshot-reader.js';

/** A snapshot's nodes and edges by number, from 0. Node 0 is the root of all. */
export interface SnapshotNodes {
  readonly count: number;
  /** V8's kind of a node, such as `object`, `closure` or `string`. */
  kind(node: number): string;
  name(node: number): string;
  /**
   * Stays the same for an object's life. Odd for objects of the V8 heap, and ascending with the time of the first
   * snapshot that saw them; even for what Node.js itself adds.
   */
  id(node: number): number;
  /** Bytes of the object itself. */
  size(node: number): number;
  /** Edges of a node, in V8's order. */
  edges(node: number): { from: number; to: number };
  edgeKind(edge: number): string;
  /** Whether an edge retains nothing: it is weak, or it is of the table of a WeakMap, whose keys retain its values. */
  isWeak(node: number, edge: number): boolean;
  /** Name of a property or variable; the index of an element as text. */
  edgeName(edge: number): string;
  /** Node that an edge leads to. */
  target(edge: number): number;
}

/** Gives a snapshot's rows names. Cost: O(nodes) once, 4 bytes per node. */
export function snapshotNodes({ meta, nodes, edges, strings }: HeapSnapshot): SnapshotNodes {
  const width = meta.node_fields.length;
  const edgeWidth = meta.edge_fields.length;
  const column = columnsOf(meta.node_fields);
  const edgeColumn = columnsOf(meta.edge_fields);
  const kinds = kindsOf(meta, 'node_types');
  const edgeKinds = kindsOf(meta, 'edge_types');
  const count = nodes.length / width;
  const firstEdge = new Uint32Array(count + 1);
  const edgeCount = column('edge_count');
  for (let node = 0; node < count; node += 1) {
    firstEdge[node + 1] = (firstEdge[node] as number) + (nodes[node * width + edgeCount] as number);
  }
  const [type, name, id, size] = ['type', 'name', 'id', 'self_size'].map(column) as [
    number,
    number,
    number,
    number,
  ];
  const [edgeType, edgeName, toNode] = ['type', 'name_or_index', 'to_node'].map(edgeColumn) as [
    number,
    number,
    number,
  ];
  const at = (node: number, field: number) => nodes[node * width + field] as number;
  const edgeAt = (edge: number, field: number) => edges[edge * edgeWidth + field] as number;
  const weak = edgeKinds.indexOf('weak');
  const table = strings.indexOf('system / EphemeronHashTable');
  const edgeKind = (edge: number) => edgeKinds[edgeAt(edge, edgeType)] ?? '';
  return {
    count,
    kind: (node) => kinds[at(node, type)] ?? '',
    name: (node) => strings[at(node, name)] ?? '',
    id: (node) => at(node, id),
    size: (node) => at(node, size),
    edges: (node) => ({ from: firstEdge[node] as number, to: firstEdge[node + 1] as number }),
    edgeKind,
    isWeak: (node, edge) => edgeAt(edge, edgeType) === weak || at(node, name) === table,
    edgeName: (edge) => {
      const value = edgeAt(edge, edgeName);
      return ['element', 'hidden'].includes(edgeKind(edge)) ? String(value) : (strings[value] ?? '');
    },
    target: (edge) => edgeAt(edge, toNode) / width,
  };
}

function columnsOf(fields: readonly string[]): (name: string) => number {
  return (name) => fields.indexOf(name);
}

function kindsOf(meta: SnapshotMeta, list: 'node_types' | 'edge_types'): readonly string[] {
  const [kinds] = meta[list];
  return Array.isArray(kinds) ? kinds : [];
}
