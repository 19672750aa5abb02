import type { HotFunction } from '@perf/schema';
import { type CallFrame, frameKey, type Place, placeOf } from './call-frame.js';
import { ownerOf, servesOwner } from './own-code.js';

/** A node of V8's CPU profile: a function in the stack that its ancestors are. */
export interface ProfileNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  /** Samples in which it was on top. */
  readonly hitCount?: number | undefined;
  readonly children?: readonly number[] | undefined;
}

/** Samples while nothing ran, or no JavaScript was to be seen: no function's share. */
const NOBODY = new Set(['(root)', '(idle)', '(program)']);

/**
 * The functions down to one, each once; or, where that one is perfkit's, whose: so that what called perfkit gets no
 * share of what perfkit calls.
 */
type Stack = string[] | 'profiler' | 'perfkit';

/** Samples by function, over as many profiles as are added. */
export class TimeByFunction {
  #samples = 0;
  readonly #functions = new Map<string, { place: Place; self: number; total: number }>();

  /** Samples that shares are of: those in functions that are not perfkit's own, and in the collector. */
  get samples(): number {
    return this.#samples;
  }

  /** Adds a profile, the root first as V8 gives it. */
  add(nodes: readonly ProfileNode[]): void {
    const byId = new Map(nodes.map((node) => [node.id, node]));
    const [root] = nodes;
    if (root !== undefined) this.#visit(root, byId, []);
  }

  /** The functions with most samples of their own, then with most below them. */
  top(count: number): HotFunction[] {
    return [...this.#functions.values()]
      .map(({ place, self, total }) => ({
        ...place,
        self: self / this.#samples,
        total: total / this.#samples,
      }))
      .filter(({ total }) => total > 0)
      .sort((a, b) => b.self - a.self || b.total - a.total)
      .slice(0, count);
  }

  #visit(node: ProfileNode, byId: ReadonlyMap<number, ProfileNode>, callers: Stack): void {
    const { callFrame, hitCount = 0, children = [] } = node;
    const stack = this.#stackAt(callFrame, callers);
    if (Array.isArray(stack) && !NOBODY.has(callFrame.functionName)) {
      this.#samples += hitCount;
      for (const key of stack) {
        const seen = this.#functions.get(key);
        if (seen !== undefined) seen.total += hitCount;
      }
      const self = this.#functions.get(frameKey(callFrame));
      if (self !== undefined) self.self += hitCount;
    }
    for (const id of children) {
      const child = byId.get(id);
      if (child !== undefined) this.#visit(child, byId, stack);
    }
  }

  #stackAt(frame: CallFrame, callers: Stack): Stack {
    if (NOBODY.has(frame.functionName)) return callers;
    if (!Array.isArray(callers) && servesOwner(callers, frame.url)) return callers;
    const place = placeOf(frame);
    const owner = ownerOf(place.file);
    if (owner !== undefined) return owner;
    const key = frameKey(frame);
    if (!this.#functions.has(key)) this.#functions.set(key, { place, self: 0, total: 0 });
    if (!Array.isArray(callers)) return [key];
    return callers.includes(key) ? callers : [...callers, key];
  }
}
