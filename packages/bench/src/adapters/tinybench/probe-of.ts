import { isThenable, type PerfError, type Probe } from '@perf/schema/core';
import { adaptedProbe } from '../adapted-probe.js';
import { refusal } from '../refusal.js';
import type { BenchLike, TaskLike } from './contract.js';

/** A task as a probe. `setup` and `beforeAll` run once in each process, in tinybench's mode `run`. */
export function probeOf(task: TaskLike, place: PerfError['place']): Probe {
  const { bench, fn, opts } = task;
  const { beforeEach, afterEach } = opts;
  const callOnce = async () => {
    await beforeEach?.call(task, 'run');
    const result = fn.call(task);
    checkResult(await result, task.name, place);
    await afterEach?.call(task, 'run');
    return isThenable(result);
  };
  return adaptedProbe(async () => {
    await bench.setup(task, 'run');
    await opts.beforeAll?.call(task, 'run');
    const concurrency = inFlight(bench);
    return {
      fn: () => fn.call(task),
      concurrency: concurrency > 1 && (await callOnce()) ? concurrency : 1,
      ...(beforeEach !== undefined && { beforeEach: () => beforeEach.call(task, 'run') }),
      ...(afterEach !== undefined && { afterEach: () => afterEach.call(task, 'run') }),
      check: callOnce,
      close: async () => {
        await opts.afterAll?.call(task, 'run');
        await bench.teardown(task, 'run');
      },
    };
  });
}

/** With `concurrency: 'task'`, tinybench has up to `threshold` iterations in flight, and never more than there are. */
function inFlight({ concurrency, threshold, iterations }: BenchLike): number {
  if (concurrency !== 'task') return 1;
  return Math.max(1, Math.floor(Math.min(threshold, Math.max(1, iterations))));
}

function checkResult(result: unknown, name: string, place: PerfError['place']): void {
  if (result === null || typeof result !== 'object' || !('overriddenDuration' in result)) return;
  throw refusal('bench/unsupported', `The task "${name}" times itself (overriddenDuration).`, {
    remedy: 'perfkit times whole calls: move what is not to be timed into beforeEach.',
    place,
  });
}
