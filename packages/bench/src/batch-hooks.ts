import { isThenable } from '@perf/schema/core';
import type { BenchHooks } from './bench-options.js';

/** Hooks of a workload with their argument bound. None of them is timed. */
export interface Hooks {
  readonly beforeEach?: () => unknown;
  readonly afterEach?: () => unknown;
  readonly beforeBatch?: () => unknown;
  readonly afterBatch?: () => unknown;
}

const NAMES = ['beforeEach', 'afterEach', 'beforeBatch', 'afterBatch'] as const;

/** The hooks among a benchmark's options, ready to be called without arguments. */
export function hooksOf<Input>(options: BenchHooks<Input>, input: Input): Hooks {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const hook = options[name];
      return hook === undefined ? [] : [[name, () => hook(input)]];
    }),
  );
}

/** Whether each call has to be timed for itself, so that what runs between calls stays out of the time. */
export function isTimedEach({ beforeEach, afterEach }: Hooks): boolean {
  return beforeEach !== undefined || afterEach !== undefined;
}

/** Whether something runs between batches, which then have to be apart. */
export function hasBatchHooks({ beforeBatch, afterBatch }: Hooks): boolean {
  return beforeBatch !== undefined || afterBatch !== undefined;
}

/** Runs a hook, if there is one, and waits for it where it gives a promise. */
export async function runHook(hook: (() => unknown) | undefined): Promise<void> {
  const pending = hook?.();
  if (isThenable(pending)) await pending;
}
