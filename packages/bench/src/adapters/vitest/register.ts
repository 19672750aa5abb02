import type { Probe } from '@perf/schema/core';
import { collection } from '../collection.js';
import { type Group, isGroup, type Leaf, lineageOf } from './node.js';
import { probeOf } from './probe-of.js';

/** Registers the benchmarks of a file as probes of suites that are named after the groups around them. */
export function register(file: Group): void {
  registerIn(file, undefined);
}

/**
 * A `skip` holds for all within. Where something in a group is marked `only`, the rest of the group is left out, also of
 * a group that is `only` itself.
 */
function registerIn(group: Group, around: Probe['mode']): void {
  const narrowed = group.children.some(hasOnly);
  for (const child of group.children) {
    if (child.mark === 'todo') continue;
    const own = child.mark === 'only' ? 'only' : undefined;
    const mode = child.mark === 'skip' || around === 'skip' ? 'skip' : narrowed ? own : around;
    if (isGroup(child)) registerIn(child, mode);
    else addLeaf(child, group, mode);
  }
}

function hasOnly(child: Group | Leaf): boolean {
  return child.mark === 'only' || (isGroup(child) && child.children.some(hasOnly));
}

function addLeaf(leaf: Leaf, group: Group, mode: Probe['mode']): void {
  const names = lineageOf(group).flatMap(({ name }) => (name === undefined ? [] : [name]));
  collection().add(names.length === 0 ? undefined : names.join(' › '), leaf.name, probeOf(leaf, group, mode));
}
