import { describe, expect, it } from 'vitest';
import { constructorOf, grownConstructors, tallyConstructors } from '../src/snapshot/constructors.js';
import { findCulprit } from '../src/snapshot/find-culprit.js';
import { snapshotNodes } from '../src/snapshot/snapshot-nodes.js';
import { type HeapSnapshot, SnapshotReader } from '../src/snapshot/snapshot-reader.js';

const strings = ['', 'Cache', 'Entry', 'entries', 'say "]}" \\ aloud', 'weakly'];
const kinds = ['hidden', 'array', 'string', 'object', 'synthetic'];
const edgeKinds = ['element', 'property', 'weak'];
/** Type, name, id, self_size, edge_count. Root, a cache of id 3, and two entries that are newer than id 9. */
const nodes = [
  [4, 0, 1, 0, 1],
  [3, 1, 3, 16, 2],
  [3, 2, 11, 100, 1],
  [3, 2, 13, 100, 0],
];
const edges = [
  [1, 3, 5],
  [1, 3, 10],
  [0, 7, 15],
  [2, 5, 0],
];

/** A snapshot as V8 lays it out. */
function written(): string {
  const snapshot = {
    meta: {
      node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
      node_types: [kinds, 'string', 'number', 'number', 'number'],
      edge_fields: ['type', 'name_or_index', 'to_node'],
      edge_types: [edgeKinds, 'string_or_number', 'node'],
    },
    node_count: nodes.length,
    edge_count: edges.length,
  };
  return `{"snapshot":${JSON.stringify(snapshot)},\n"nodes":[${nodes.join('\n,')}],\n"edges":[${edges.join('\n,')}],\n"locations":[1,2],\n"strings":${JSON.stringify(strings)}}`;
}

function read(text: string, pieces: number): HeapSnapshot {
  const reader = new SnapshotReader();
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieces) reader.write(bytes.subarray(at, at + pieces));
  return reader.end();
}

describe('a heap snapshot', () => {
  it('is the same however it is cut into pieces', () => {
    for (const pieces of [1, 2, 7, 64, 1e6]) {
      const snapshot = read(written(), pieces);
      expect([...snapshot.nodes]).toEqual(nodes.flat());
      expect([...snapshot.edges]).toEqual(edges.flat());
      expect(snapshot.strings).toEqual(strings);
    }
  });

  it('that ends early or has other numbers than it says is refused', () => {
    const refusal = expect.objectContaining({ code: 'leak/snapshot' });
    for (const text of [
      '',
      '{"snapshot":',
      written().slice(0, 500),
      written().replace('11,100', '11'),
      written().slice(0, -9),
    ]) {
      expect(() => read(text, 64)).toThrow(refusal);
    }
  });

  it('gives constructors, and those that grew', () => {
    const all = snapshotNodes(read(written(), 64));
    const tally = tallyConstructors(all);
    expect(tally).toContainEqual({ name: 'Entry', count: 2, bytes: 200 });
    expect(constructorOf(all, 0)).toBe('(synthetic)');
    expect(grownConstructors([{ name: 'Cache', count: 1, bytes: 16 }], tally, 1)).toEqual([
      { name: 'Entry', count: 2, bytes: 200 },
    ]);
    expect(grownConstructors([], tally, 3)).toEqual([]);
  });

  it('gives the path to what is new over what was there before', () => {
    const all = snapshotNodes(read(written(), 64));
    expect(findCulprit(all, 9, 2)).toEqual(['entries: Cache', 'entries: Entry']);
    expect(findCulprit(all, 9, 3)).toEqual([]);
    expect(findCulprit(all, 99, 1)).toEqual([]);
  });
});
