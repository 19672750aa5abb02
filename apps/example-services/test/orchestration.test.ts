import { describe, expect, it } from 'vitest';
import { planTasks, runPlan, type Task, TaskGraphError } from '../src/orchestration.ts';

const task = (id: string, needs: string[] = [], run: Task['run'] = () => id): Task => ({ id, needs, run });

describe('planTasks', () => {
  it('orders each task after all that it needs', () => {
    const plan = planTasks([
      task('report', ['build', 'test']),
      task('test', ['build']),
      task('build', ['fetch']),
      task('fetch'),
    ]);
    expect(plan.order).toEqual(['fetch', 'build', 'test', 'report']);
  });

  it('counts a need that is written twice once', async () => {
    const outcomes = await runPlan(planTasks([task('a'), task('b', ['a', 'a'])]), { concurrency: 2 });
    expect(outcomes.get('b')).toEqual({ status: 'done', value: 'b' });
  });

  it.each([
    ['duplicate', [task('a'), task('a')], 'Two tasks are named "a".'],
    ['unknown-need', [task('a', ['z'])], '"a" needs "z", which is no task.'],
    ['cycle', [task('a', ['a'])], 'Tasks need each other: a → a.'],
    [
      'cycle',
      [task('start'), task('a', ['start', 'c']), task('b', ['a']), task('c', ['b']), task('end', ['c'])],
      'Tasks need each other: a → c → b → a.',
    ],
  ] as const)('refuses a graph with a %s', (code, tasks, message) => {
    expect(() => planTasks(tasks)).toThrow(expect.objectContaining({ code, message }));
    expect(() => planTasks(tasks)).toThrow(TaskGraphError);
  });
});

describe('runPlan', () => {
  it('hands each task the results of those it needs, and no others', async () => {
    const plan = planTasks([
      task('two', [], () => 2),
      task('three', [], async () => 3),
      task('other'),
      task('product', ['two', 'three'], (inputs) => inputs),
    ]);
    const outcomes = await runPlan(plan, { concurrency: 2 });
    expect(outcomes.get('product')).toEqual({ status: 'done', value: { two: 2, three: 3 } });
    expect(outcomes.size).toBe(4);
  });

  it.each([
    [1, ['slow', 'fast', 'last']],
    [3, ['fast', 'slow', 'last']],
  ])('runs each task once, after the last of those it needs (concurrency %i)', async (concurrency, order) => {
    const ran: string[] = [];
    const note = (id: string, needs: string[], turns: number): Task =>
      task(id, needs, async () => {
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        ran.push(id);
      });
    const plan = planTasks([note('slow', [], 20), note('fast', [], 1), note('last', ['slow', 'fast'], 1)]);
    await runPlan(plan, { concurrency });
    expect(ran).toEqual(order);
  });

  it('runs as many tasks at once as it may, and no more', async () => {
    let running = 0;
    let most = 0;
    const busy = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      running -= 1;
    };
    const plan = planTasks(Array.from({ length: 12 }, (_, index) => task(`t${index}`, [], busy)));
    await runPlan(plan, { concurrency: 3 });
    expect(most).toBe(3);
  });

  it('skips what needs a failed task, and runs the rest', async () => {
    const error = new Error('no disk');
    const plan = planTasks([
      task('fail', [], () => {
        throw error;
      }),
      task('after', ['fail']),
      task('long after', ['after']),
      task('unconcerned'),
    ]);
    expect(Object.fromEntries(await runPlan(plan, { concurrency: 1 }))).toEqual({
      fail: { status: 'failed', error },
      after: { status: 'skipped', because: 'fail' },
      'long after': { status: 'skipped', because: 'after' },
      unconcerned: { status: 'done', value: 'unconcerned' },
    });
  });

  it('runs a plan again, and an empty plan', async () => {
    const plan = planTasks([task('a'), task('b', ['a'])]);
    const first = await runPlan(plan, { concurrency: 1 });
    expect(await runPlan(plan, { concurrency: 1 })).toEqual(first);
    expect((await runPlan(planTasks([]), { concurrency: 1 })).size).toBe(0);
  });

  it('runs a chain of 5,000 without running out of stack', async () => {
    const tasks = Array.from({ length: 5_000 }, (_, at) => task(`t${at}`, at === 0 ? [] : [`t${at - 1}`]));
    const outcomes = await runPlan(planTasks(tasks), { concurrency: 1 });
    expect(outcomes.get('t4999')).toEqual({ status: 'done', value: 't4999' });
  });
});
