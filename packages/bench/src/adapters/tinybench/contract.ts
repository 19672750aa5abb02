type Mode = 'run' | 'warmup';

/** A hook of a bench: once per task. */
export type Hook = (task: TaskLike, mode: Mode) => unknown;
/** A hook of a task; `Each` is called for every iteration and never timed. */
export type FnHook = (this: TaskLike, mode: Mode) => unknown;
/** A measured function. */
export type Fn = (this: TaskLike) => unknown;

export interface FnOptions {
  readonly beforeAll?: FnHook;
  readonly beforeEach?: FnHook;
  readonly afterEach?: FnHook;
  readonly afterAll?: FnHook;
  readonly async?: boolean;
  readonly retainSamples?: boolean;
  readonly signal?: AbortSignal;
}

/** What a task knows of its bench. Files may change it until the bench is run. */
export interface BenchLike {
  readonly name: string | undefined;
  concurrency: 'bench' | 'task' | null;
  threshold: number;
  iterations: number;
  setup: Hook;
  teardown: Hook;
  readonly timestampProvider: { readonly name: string };
}

/** What hooks and functions get of a task. */
export interface TaskLike extends EventTarget {
  readonly bench: BenchLike;
  readonly name: string;
  readonly fn: Fn;
  readonly opts: FnOptions;
}
