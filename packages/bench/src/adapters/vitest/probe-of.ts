import type { Probe } from '@perf/schema/core';
import { adaptedProbe } from '../adapted-probe.js';
import { Bench } from '../tinybench/bench.js';
import { Task } from '../tinybench/task.js';
import { type Group, type Hook, type HookName, type Leaf, lineageOf } from './node.js';

/** A benchmark as a probe: hooks of all groups around it run once in each process, the outermost first. */
export function probeOf({ name, fn, options }: Leaf, group: Group, mode: Probe['mode']): Probe {
  const groups = lineageOf(group);
  return adaptedProbe(
    async () => {
      const task = new Task(new Bench(options), name, fn);
      const context = { task: { name }, name };
      const clearAll = await runAll(hooksOf(groups, 'beforeAll'), context);
      const clearEach = await runAll(hooksOf(groups, 'beforeEach'), context);
      await options.setup?.(task, 'run');
      return {
        fn: () => fn.call(task),
        close: async () => {
          await options.teardown?.(task, 'run');
          await runAll([...hooksOf(groups, 'afterEach'), ...clearEach].reverse(), context);
          await runAll([...hooksOf(groups, 'afterAll'), ...clearAll].reverse(), context);
        },
      };
    },
    mode === undefined ? {} : { mode },
  );
}

function hooksOf(groups: readonly Group[], name: HookName): Hook[] {
  return groups.flatMap(({ hooks }) => hooks[name]);
}

/** Runs hooks one after the other and gives what they return to clear up. */
async function runAll(hooks: readonly Hook[], context: unknown): Promise<Hook[]> {
  const clearing: Hook[] = [];
  for (const hook of hooks) {
    const result = await hook(context);
    if (typeof result === 'function') clearing.push(result as Hook);
  }
  return clearing;
}
