import { setTimeout as sleep } from 'node:timers/promises';
import { bench, suite } from '@perf/bench';
import { leak } from '@perf/leak';
import { endurance, load, scale } from '@perf/load';
import { planTasks, runPlan, type Task } from '../src/orchestration.ts';
import { listOf } from './cycle.ts';

/** Work of a fixed, small size, so that the time goes into the orchestration. */
function mix(inputs: Readonly<Record<string, unknown>>): number {
  let sum = Object.keys(inputs).length;
  for (let step = 0; step < 100; step += 1) sum = (Math.imul(sum, 31) + step) | 0;
  return sum;
}

/** A task that waits, as one does that asks a model or another service. */
async function wait(): Promise<string> {
  await sleep(2);
  return 'done';
}

/** Layers of five tasks, each of which needs two of the layer above. */
function layered(size: number, run: Task['run'] = mix): Task[] {
  return listOf(size, (index) => {
    const above = index - (index % 5) - 5;
    const needs = above < 0 ? [] : [`task-${above + (index % 5)}`, `task-${above + ((index + 1) % 5)}`];
    return { id: `task-${index}`, needs, run };
  });
}

/** Each task needs the one before it: nothing can run at once. */
function chain(size: number): Task[] {
  return listOf(size, (index) => ({
    id: `task-${index}`,
    needs: index === 0 ? [] : [`task-${index - 1}`],
    run: mix,
  }));
}

export default suite('orchestration', {
  'plan layers': bench((tasks) => planTasks(tasks).order, {
    params: { tasks: [10, 100] },
    setup: ({ tasks }: { tasks: number }) => layered(tasks),
  }),

  'run 100 tasks, 4 at once': bench((plan) => runPlan(plan, { concurrency: 4 }), {
    setup: () => planTasks(layered(100)),
  }),

  'run a chain of 20': bench((plan) => runPlan(plan, { concurrency: 4 }), {
    setup: () => planTasks(chain(20)),
  }),

  'a finished plan is let go': leak(() => runPlan(planTasks(layered(20)), { concurrency: 4 })),

  // Plans of ten tasks that wait 2 ms each, two layers of them: the event loop is what they share.
  'plans that wait, 1 to 100 at once': load(
    (plan) => runPlan(plan, { concurrency: 5 }),
    scale({ secondsEach: 0.7 }),
    {
      setup: () => planTasks(layered(10, wait)),
    },
  ),

  'plans that wait, for long': load(
    (plan) => runPlan(plan, { concurrency: 5 }),
    endurance({ concurrency: 20, seconds: 8 }),
    { setup: () => planTasks(layered(10, wait)), thresholds: { errorRate: 0 } },
  ),
});
