import { pathOf } from '../count/source-place.js';
import { NONE, type Retainers } from './retainers.js';
import type { SnapshotNodes } from './snapshot-nodes.js';

const LONGEST_LABEL = 120;
/** Objects for a module, and where they have its place: Node's own for ECMAScript modules, Vite's in Vitest. */
const MODULES: ReadonlyMap<string, readonly string[]> = new Map([
  ['ModuleWrap', ['url']],
  ['EvaluatedModuleNode', ['file', 'id', 'url']],
]);
/** What Node.js calls those of CommonJS, which it keeps by their files. */
const COMMON_MODULE = 'Module';
/** Links of a chain that repeat: `next: Node` alone, or with what lies between two of them. */
const LONGEST_PERIOD = 4;
/** A path that repeats nothing and is longer than this says nothing more at its middle. */
const STEPS_AT_END = 100;

/**
 * The retaining path of a node from a root, a step for each object: `entries: Array`. A chain is one step with its
 * length: `next: Listener × 554`.
 */
export function retainingPath(nodes: SnapshotNodes, { edge, parent }: Retainers, end: number): string[] {
  const steps: string[] = [];
  for (let node = end; node !== 0 && node !== NONE; node = parent[node] as number) {
    steps.push(label(nodes, edge[node] as number, node));
  }
  const path = withoutRepeats(steps.reverse());
  if (path.length <= 2 * STEPS_AT_END) return path;
  return [...path.slice(0, STEPS_AT_END), '…', ...path.slice(-STEPS_AT_END)];
}

/**
 * The function that an object was made to call, such as `_onTimeout: retry()` of a timer, as the last step of a path: for
 * objects of Node.js's own nothing else says whose they are.
 *
 * @param newerThan - Objects with greater ids are new; older functions are shared, methods say.
 */
export function callbackOf(nodes: SnapshotNodes, node: number, newerThan: number): string[] {
  const { from, to } = nodes.edges(node);
  for (let edge = from; edge < to; edge += 1) {
    const target = nodes.target(edge);
    if (nodes.edgeKind(edge) !== 'property' || nodes.kind(target) !== 'closure') continue;
    if (nodes.id(target) > newerThan) return [label(nodes, edge, target)];
  }
  return [];
}

/** Cost: O(steps). */
export function withoutRepeats(steps: readonly string[]): string[] {
  const path: string[] = [];
  for (let at = 0; at < steps.length; ) {
    const { period, times } = repeatAt(steps, at);
    const link = steps.slice(at, at + period).join(' › ');
    path.push(times === 1 ? link : `${period === 1 ? link : `(${link})`} × ${times}`);
    at += period * times;
  }
  return path;
}

/** The repeat at a place that covers most steps; two of a kind are told one by one. */
function repeatAt(steps: readonly string[], at: number): { period: number; times: number } {
  let best = { period: 1, times: 1 };
  for (let period = 1; period <= LONGEST_PERIOD; period += 1) {
    let same = 0;
    while (steps[at + period + same] !== undefined && steps[at + period + same] === steps[at + same])
      same += 1;
    const times = 1 + Math.floor(same / period);
    if (times > 2 && times * period > best.times * best.period) best = { period, times };
  }
  return best;
}

function label(nodes: SnapshotNodes, edge: number, node: number): string {
  const kind = nodes.kind(node);
  const places = kind === 'object' ? MODULES.get(nodes.name(node)) : undefined;
  if (places !== undefined) return moduleLabel(nodes, node, places);
  const own =
    kind === 'closure' ? `${nodes.name(node)}()` : kind === 'string' ? '(string)' : nodes.name(node);
  const name = own === '' ? `(${kind})` : own;
  const edgeKind = nodes.edgeKind(edge);
  const by = edgeKind === 'element' ? '[]' : nodes.edgeName(edge);
  // A number names a slot of V8's own, which tells nobody anything.
  const isNamed = kind !== 'synthetic' && by !== '' && !/^\d+$/.test(by);
  const text = isNamed ? `${by}: ${name}` : name;
  // The end of a file's path tells more than its beginning.
  return name === COMMON_MODULE ? text.slice(-LONGEST_LABEL) : text.slice(0, LONGEST_LABEL);
}

/** `/srv/shop/cart.mjs: ModuleWrap`, as the snapshot itself names CommonJS modules: `/srv/shop/cart.js: Module`. */
function moduleLabel(nodes: SnapshotNodes, node: number, places: readonly string[]): string {
  const { from, to } = nodes.edges(node);
  for (let edge = from; edge < to; edge += 1) {
    if (nodes.edgeKind(edge) !== 'property' || !places.includes(nodes.edgeName(edge))) continue;
    const text = nodes.target(edge);
    // Text that was put together from parts is not in the snapshot.
    if (nodes.kind(text) !== 'string') continue;
    return `${pathOf(nodes.name(text)).slice(-LONGEST_LABEL)}: ${nodes.name(node)}`;
  }
  return nodes.name(node);
}
