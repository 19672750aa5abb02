import { collection } from '../collection.js';
import { now, performanceNowTimestampProvider, type TimestampProvider } from './clock.js';
import type { BenchLike, FnOptions, Hook } from './contract.js';
import { Task } from './task.js';
import { TaskEvent } from './task-event.js';

/** What versions 2 to 6 of tinybench take. How long and how often to run is perfkit's to decide. */
export interface BenchOptions {
  readonly name?: string;
  readonly time?: number;
  readonly iterations?: number;
  readonly warmup?: boolean;
  readonly warmupTime?: number;
  readonly warmupIterations?: number;
  readonly concurrency?: 'bench' | 'task' | null;
  readonly threshold?: number;
  readonly setup?: Hook;
  readonly teardown?: Hook;
  readonly throws?: boolean;
  readonly signal?: AbortSignal;
  readonly now?: () => number;
  readonly timestampProvider?: TimestampProvider | string;
  readonly retainSamples?: boolean;
  readonly subtractTimerOverhead?: boolean;
}

/** The API of tinybench's `Bench`. Running it registers its tasks as probes, and resolves with results of no figures. */
export class Bench extends EventTarget implements BenchLike {
  readonly opts: BenchOptions;
  readonly name: string | undefined;
  concurrency: 'bench' | 'task' | null;
  threshold: number;
  time: number;
  iterations: number;
  warmupTime: number;
  warmupIterations: number;
  setup: Hook;
  teardown: Hook;
  throws: boolean;
  retainSamples: boolean;
  signal: AbortSignal | undefined;
  now: () => number;
  readonly runtime: string = 'node';
  readonly runtimeVersion: string = process.versions.node;
  readonly timestampProvider: TimestampProvider;
  /** A method in versions before 3, an option since. */
  warmup: boolean | (() => Promise<void>);
  readonly #tasks = new Map<string, Task>();
  readonly #todos = new Map<string, Task>();
  #ran = false;

  constructor(options: BenchOptions = {}) {
    super();
    this.opts = options;
    this.name = options.name;
    this.concurrency = options.concurrency ?? null;
    this.threshold = options.threshold ?? Number.POSITIVE_INFINITY;
    this.time = options.time ?? 1000;
    this.iterations = options.iterations ?? 64;
    this.warmupTime = options.warmupTime ?? 250;
    this.warmupIterations = options.warmupIterations ?? 16;
    this.setup = options.setup ?? (() => undefined);
    this.teardown = options.teardown ?? (() => undefined);
    this.throws = options.throws ?? false;
    this.retainSamples = options.retainSamples ?? false;
    this.signal = options.signal;
    this.now = options.now ?? now;
    this.timestampProvider =
      typeof options.timestampProvider === 'object'
        ? options.timestampProvider
        : performanceNowTimestampProvider;
    this.warmup = options.warmup ?? (async () => collection().touch());
    collection().atEnd(() => {
      if (!this.#ran) for (const task of this.tasks) task.register();
    });
  }

  get tasks(): Task[] {
    return [...this.#tasks.values()];
  }

  get todos(): Task[] {
    return [...this.#todos.values()];
  }

  get results(): Task['result'][] {
    return this.tasks.map(({ result }) => result);
  }

  add(name: string, fn: Task['fn'], options: FnOptions = {}): this {
    const task = new Task(this, name, fn, options);
    this.#tasks.set(name, task);
    collection().touch();
    this.dispatchEvent(new TaskEvent('add', task));
    return this;
  }

  /** Names what is still to be written: it is not measured. */
  todo(name: string, fn: Task['fn'] = () => undefined, options: FnOptions = {}): this {
    const task = new Task(this, name, fn, options);
    this.#todos.set(name, task);
    this.dispatchEvent(new TaskEvent('todo', task));
    return this;
  }

  remove(name: string): this {
    const task = this.#tasks.get(name);
    this.#tasks.delete(name);
    if (task !== undefined) this.dispatchEvent(new TaskEvent('remove', task));
    return this;
  }

  getTask(name: string): Task | undefined {
    return this.#tasks.get(name);
  }

  reset(): void {
    this.dispatchEvent(new TaskEvent('reset'));
  }

  /** @returns Its tasks, with results that hold no figures. */
  async run(): Promise<Task[]> {
    this.#register();
    await collection().run();
    this.dispatchEvent(new TaskEvent('complete'));
    return this.tasks;
  }

  runSync(): Task[] {
    this.#register();
    collection().runSync();
    this.dispatchEvent(new TaskEvent('complete'));
    return this.tasks;
  }

  async runConcurrently(
    threshold: number = this.threshold,
    mode: 'bench' | 'task' = 'bench',
  ): Promise<Task[]> {
    this.threshold = threshold;
    this.concurrency = mode;
    return await this.run();
  }

  async warmupConcurrently(): Promise<void> {
    collection().touch();
  }

  /** Rows for `console.table`: the names of the tasks, since there are no figures. */
  table(convert?: (task: Task) => Record<string, unknown> | undefined): Record<string, unknown>[] {
    return this.tasks.map(
      (task) => convert?.(task) ?? { 'Task name': task.name, Remarks: 'measured by perfkit' },
    );
  }

  #register(): void {
    this.#ran = true;
    this.dispatchEvent(new TaskEvent('start'));
    for (const task of this.tasks) task.register();
  }
}
