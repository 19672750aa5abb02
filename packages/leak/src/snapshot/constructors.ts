import type { Growth } from '@perf/schema';
import type { SnapshotNodes } from './snapshot-nodes.js';

/** Objects of one constructor: how many, and the bytes of the objects themselves. */
export type ConstructorGrowth = NonNullable<Growth['constructors']>[number];

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
