import { performance } from 'node:perf_hooks';
import { isThenable } from '@perf/schema/core';
import { hooksOf, isTimedEach, runHook } from './batch-hooks.js';
import { BenchError } from './bench-error.js';
import type { BenchHooks, BenchOptions } from './bench-options.js';
import { keepCallsOpaque, type Work } from './rounds.js';

/** Work that is ready to be measured. */
export interface Workload extends Work {
  /** Time of the very first call, before V8 compiled anything [ns]. */
  readonly firstCallNs: number;
}

/**
 * Calls the function once, between its hooks, to see whether it is asynchronous.
 *
 * @throws {BenchError} `bench/sync-concurrency` if a synchronous function is to run concurrently;
 * `bench/concurrent-hooks` if something is to run around each of several calls in flight.
 */
export async function workloadOf<Input>(
  fn: (input: Input) => unknown,
  input: Input,
  options: Pick<BenchOptions, 'concurrency'> & BenchHooks<Input> & { readonly setup?: unknown } = {},
): Promise<Workload> {
  const concurrency = options.concurrency ?? 1;
  const hooks = hooksOf(options, input);
  if (concurrency > 1 && isTimedEach(hooks)) {
    throw new BenchError(
      'bench/concurrent-hooks',
      'beforeEach and afterEach need calls one after the other.',
      {
        seen: concurrency,
        remedy:
          'What runs between some calls is in the time of others in flight: leave "concurrency" out, or take beforeBatch.',
      },
    );
  }
  await keepCallsOpaque();
  await runHook(hooks.beforeBatch);
  await runHook(hooks.beforeEach);
  const from = performance.now();
  const first = fn(input);
  const asynchronous = isThenable(first);
  if (asynchronous) await first;
  const firstCallNs = (performance.now() - from) * 1e6;
  await runHook(hooks.afterEach);
  await runHook(hooks.afterBatch);
  if (!asynchronous && concurrency > 1) {
    throw new BenchError(
      'bench/sync-concurrency',
      `A synchronous function cannot run ${concurrency} times at once.`,
      { seen: concurrency, remedy: 'Return a promise, or leave "concurrency" out.' },
    );
  }
  const bare = fn.length === 0 && options.setup === undefined && isEmpty(input);
  return { fn: fn as Workload['fn'], input, bare, asynchronous, concurrency, hooks, firstCallNs };
}

/** Whether an argument says nothing: no value, or parameters of which there are none. */
function isEmpty(input: unknown): boolean {
  return (
    input === undefined || (typeof input === 'object' && input !== null && Object.keys(input).length === 0)
  );
}
