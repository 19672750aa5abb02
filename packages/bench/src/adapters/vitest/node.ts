import type { BenchOptions } from '../tinybench/bench.js';

export type HookName = 'beforeAll' | 'beforeEach' | 'afterEach' | 'afterAll';
/** May return what clears up after it. */
export type Hook = (context: unknown) => unknown;
/** How the file marks a benchmark or a group. */
export type Mark = 'only' | 'skip' | 'todo' | undefined;

/** A benchmark as the file describes it. */
export interface Leaf {
  readonly name: string;
  readonly mark: Mark;
  readonly fn: (this: unknown) => unknown;
  /** Of them, only `setup` and `teardown` matter: how long to run is perfkit's to decide. */
  readonly options: Pick<BenchOptions, 'setup' | 'teardown'>;
}

/** A `describe`, or the file itself. */
export interface Group {
  readonly name: string | undefined;
  readonly mark: Mark;
  readonly parent: Group | undefined;
  /** What it describes. */
  readonly body: () => unknown;
  readonly children: (Group | Leaf)[];
  readonly hooks: Record<HookName, Hook[]>;
}

export function isGroup(child: Group | Leaf): child is Group {
  return 'children' in child;
}

/** A group and all those around it, the outermost first. */
export function lineageOf(group: Group): Group[] {
  return group.parent === undefined ? [group] : [...lineageOf(group.parent), group];
}

/** A name as Vitest takes it: text, or a function or class by its own name. */
export function nameOf(name: unknown): string {
  return typeof name === 'function' ? name.name || '<anonymous>' : String(name);
}
