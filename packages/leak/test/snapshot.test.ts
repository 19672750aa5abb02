import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSnapshot, snapshotDiff, snapshotTop } from '../src/index.js';
import { constructorOf } from '../src/snapshot/constructors.js';
import { findDominators } from '../src/snapshot/dominators.js';
import { findCulprit } from '../src/snapshot/find-culprit.js';
import { NONE } from '../src/snapshot/retainers.js';
import { withoutRepeats } from '../src/snapshot/retaining-path.js';
import { type SnapshotNodes, snapshotNodes } from '../src/snapshot/snapshot-nodes.js';
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

  it('gives constructors', () => {
    const all = snapshotNodes(read(written(), 64));
    expect([0, 1, 2].map((node) => constructorOf(all, node))).toEqual(['(synthetic)', 'Cache', 'Entry']);
  });

  it('gives the path to what is new over what was there before', () => {
    const all = snapshotNodes(read(written(), 64));
    const path = ['entries: Cache', 'entries: Entry'];
    expect(findCulprit(all, { newerThan: 9, leastCount: 2 })).toEqual(path);
    expect(findCulprit(all, { newerThan: 9, leastCount: 2, names: new Set(['Entry']) })).toEqual(path);
    expect(findCulprit(all, { newerThan: 9, leastCount: 2, names: new Set(['Cache']) })).toEqual([]);
    expect(findCulprit(all, { newerThan: 9, leastCount: 3 })).toEqual([]);
    expect(findCulprit(all, { newerThan: 99, leastCount: 1 })).toEqual([]);
  });
});

describe('dominators', () => {
  /** A graph as a snapshot: its edges by node, each node of 10 bytes; kind 3 is an object. */
  function graph(targets: readonly (readonly number[])[]): SnapshotNodes {
    return snapshotNodes({
      meta: {
        node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
        node_types: [kinds],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [edgeKinds],
      },
      nodes: Uint32Array.from(
        targets.flatMap((to, node) => [node === 0 ? 4 : 3, 2, 2 * node + 1, 10, to.length]),
      ),
      edges: Uint32Array.from(targets.flatMap((to) => to.flatMap((target) => [1, 3, target * 5]))),
      strings,
    });
  }

  /** What cannot be reached without a node, by its definition. */
  function lostWithout(targets: readonly (readonly number[])[], left: number | undefined): number[] {
    const seen = new Set(left === 0 ? [] : [0]);
    for (const node of seen) for (const to of targets[node] ?? []) if (to !== left) seen.add(to);
    return targets.map((_, node) => node).filter((node) => !seen.has(node));
  }

  it('retain what nothing else reaches, in any graph', () => {
    const graphs = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.array(fc.array(fc.nat({ max: count - 1 }), { maxLength: 4 }), {
        minLength: count,
        maxLength: count,
      }),
    );
    fc.assert(
      fc.property(graphs, (targets) => {
        const { dominator, retained } = findDominators(graph(targets));
        const never = new Set(lostWithout(targets, undefined));
        for (const node of targets.keys()) {
          const lost = lostWithout(targets, node).filter((other) => !never.has(other));
          if (never.has(node)) expect(dominator[node]).toBe(NONE);
          else expect(retained[node]).toBe(10 * lost.length);
        }
      }),
      { seed: 3, numRuns: 400 },
    );
  });

  it('of a chain of a million objects need no stack', () => {
    const count = 300_000;
    const targets = Array.from({ length: count }, (_, node) => (node + 1 < count ? [node + 1] : []));
    const { retained } = findDominators(graph(targets));
    expect(retained[1]).toBe(10 * (count - 1));
  });
});

describe('a retaining path', () => {
  it('collapses what repeats, and leaves the rest', () => {
    const links = (times: number, ...steps: string[]) => Array.from({ length: times }, () => steps).flat();
    expect(withoutRepeats(['a', ...links(554, 'next: Listener'), 'b'])).toEqual([
      'a',
      'next: Listener × 554',
      'b',
    ]);
    expect(withoutRepeats(['a', ...links(5, 'next: Node', 'value: Box'), 'next: Node'])).toEqual([
      'a',
      '(next: Node › value: Box) × 5',
      'next: Node',
    ]);
    expect(withoutRepeats(['a', 'a', 'b', 'a'])).toEqual(['a', 'a', 'b', 'a']);
    expect(withoutRepeats([])).toEqual([]);
  });
});

describe('a heap of a real process', () => {
  class Kept {
    readonly bytes = new Array<number>(1000).fill(0.5);
  }

  it('is told by what retains most, and by what was added, with the path to it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'perfkit-snapshot-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const held = { keeper: [] as Kept[] };
    (globalThis as { held?: unknown }).held = held;
    const files = ['before', 'after'].map((name) => join(folder, `${name}.heapsnapshot`)) as [string, string];
    writeHeapSnapshot(files[0]);
    for (let i = 0; i < 300; i++) held.keeper.push(new Kept());
    writeHeapSnapshot(files[1]);
    const [before, after] = [await readSnapshot(files[0]), await readSnapshot(files[1])];
    const top = snapshotTop(after, 400);
    const kept = top.constructors.find(({ name }) => name === 'Kept');
    expect(kept?.count).toBe(300);
    expect(kept?.retained).toBeGreaterThan(300 * 8000);
    expect(top.bytes).toBeGreaterThan(kept?.retained ?? 0);
    expect(top.largest.some(({ path }) => path.at(-1) === 'keeper: Array')).toBe(true);
    const diff = snapshotDiff(before, after, 1000);
    expect(diff.constructors.find(({ name }) => name === 'Kept')).toMatchObject({ added: 300, removed: 0 });
    expect(diff.bytes.after - diff.bytes.before).toBeGreaterThan(300 * 8000);
    expect(diff.path.join(' ')).toContain('keeper: Array');
    delete (globalThis as { held?: unknown }).held;
  }, 60_000);
});
