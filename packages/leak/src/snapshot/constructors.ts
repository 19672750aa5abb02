import type { Growth } from '@perf/schema';
import type { SnapshotNodes } from './snapshot-nodes.js';

/** Objects of one constructor: how many, and the bytes of the objects themselves. */
export type ConstructorGrowth = NonNullable<Growth['constructors']>[number];

/** Constructors to give at most. */
const TOP = 20;
/** Names come from the measured program and may be of any length. */
const LONGEST_NAME = 100;

/** The name that a node counts under: its constructor's, or in brackets what V8 makes of it, as in Chrome's tools. */
export function constructorOf(nodes: SnapshotNodes, node: number): string {
  const kind = nodes.kind(node);
  if (kind === 'object' || kind === 'native') return nodes.name(node).slice(0, LONGEST_NAME);
  if (kind === 'closure') return 'Function';
  if (kind === 'code') return '(compiled code)';
  if (kind === 'hidden') return '(system)';
  if (kind.endsWith('string')) return '(string)';
  return `(${kind})`;
}

/** All objects by constructor. Cost: O(nodes). */
export function tallyConstructors(nodes: SnapshotNodes): ConstructorGrowth[] {
  const tally = new Map<string, ConstructorGrowth>();
  for (let node = 0; node < nodes.count; node += 1) {
    const name = constructorOf(nodes, node);
    const entry = tally.get(name) ?? { name, count: 0, bytes: 0 };
    entry.count += 1;
    entry.bytes += nodes.size(node);
    tally.set(name, entry);
  }
  return [...tally.values()];
}

/**
 * Constructors whose objects became more, most bytes first.
 *
 * @param leastCount - Growth by fewer objects is left out: something that grows once, such as code, is no leak.
 */
export function grownConstructors(
  before: readonly ConstructorGrowth[],
  after: readonly ConstructorGrowth[],
  leastCount: number,
): ConstructorGrowth[] {
  const earlier = new Map(before.map((entry) => [entry.name, entry]));
  return after
    .map(({ name, count, bytes }) => {
      const from = earlier.get(name);
      return { name, count: count - (from?.count ?? 0), bytes: bytes - (from?.bytes ?? 0) };
    })
    .filter(({ count, bytes }) => count > 0 && count >= leastCount && bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, TOP);
}
