import { type Probe, paramPoints, type Suite } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { beginCollection, type Collection } from '../src/adapters/index.js';
import { paramsOf, valuesAt } from '../src/adapters/mitata/arguments.js';
import * as mitata from '../src/adapters/mitata.js';
import * as tinybench from '../src/adapters/tinybench.js';
import { titleOf } from '../src/adapters/vitest/each-title.js';
import * as vitest from '../src/adapters/vitest.js';
import { context } from './context.js';

/** What a file that does so registers. */
async function suitesOf(file: (collection: Collection) => unknown): Promise<readonly Suite[]> {
  const collection = beginCollection('file.bench.ts');
  await file(collection);
  await collection.end();
  return collection.suites();
}

async function namesOf(file: () => unknown): Promise<Record<string, string[]>> {
  const suites = await suitesOf(file);
  return Object.fromEntries(suites.map(({ name, probes }) => [name, Object.keys(probes)]));
}

async function onlyProbe(file: () => unknown): Promise<Probe> {
  const probes = (await suitesOf(file)).flatMap((suite) => Object.values(suite.probes));
  expect(probes).toHaveLength(1);
  return probes[0] as Probe;
}

describe('the adapter of tinybench', () => {
  it('registers what is there when the bench runs, and what never ran at the end', async () => {
    const names = await namesOf(async () => {
      const run = new tinybench.Bench({ name: 'run' });
      run.add('first', () => 1).add('gone', () => 1);
      run.remove('gone');
      run.todo('later');
      await run.run();
      run.remove('first').add('second', () => 1);
      await run.run();
      new tinybench.Bench().add('of the file', () => 1).add('', () => 1);
      new tinybench.Bench().add('of the file', () => 1);
    });
    expect(names).toEqual({
      run: ['first', 'second'],
      'file.bench.ts': ['of the file', 'anonymous', 'of the file (2)'],
    });
  });

  it('runs setup, hooks and teardown around the calls, with the task as this', async () => {
    const calls: string[] = [];
    const note = (what: string) =>
      function noted(this: unknown) {
        if (calls.at(-1) !== what) calls.push(what);
        if (!(this instanceof tinybench.Task)) throw new Error(`${what} has no task`);
      };
    const probe = await onlyProbe(async () => {
      const bench = new tinybench.Bench({
        setup: (task, mode) => void calls.push(`setup ${task.name} ${mode}`),
        teardown: (task, mode) => void calls.push(`teardown ${task.name} ${mode}`),
      });
      bench.add('x', note('call'), {
        beforeAll: note('beforeAll'),
        beforeEach: note('beforeEach'),
        afterEach: note('afterEach'),
        afterAll: note('afterAll'),
      });
      await bench.run();
    });
    expect(calls, 'nothing runs while the file is read').toEqual([]);
    expect((await probe.measure(context())).status).toBe('ok');
    expect(calls.slice(0, 6)).toEqual([
      'setup x run',
      'beforeAll',
      'beforeEach',
      'call',
      'afterEach',
      'beforeEach',
    ]);
    expect(calls.slice(-4)).toEqual(['call', 'afterEach', 'afterAll', 'teardown x run']);
  });

  it('tears down after a failure, and tells that failure', async () => {
    let closed = false;
    const probe = await onlyProbe(() => {
      const teardown = () => {
        closed = true;
        throw new Error('the teardown');
      };
      new tinybench.Bench({ teardown }).add('x', () => Promise.reject(new Error('the function')));
    });
    await expect(probe.measure(context())).rejects.toThrow('the function');
    expect(closed).toBe(true);
  });

  it('refuses a task that times itself', async () => {
    const probe = await onlyProbe(() => new tinybench.Bench().add('x', () => ({ overriddenDuration: 1 })));
    await expect(probe.measure(context())).rejects.toMatchObject({ code: 'bench/unsupported' });
  });
});

describe('the adapter of mitata', () => {
  it('names suites after groups, whatever is drawn within them', async () => {
    const names = await namesOf(async () => {
      mitata.bench(function named() {});
      mitata.group('outer', () => {
        mitata.summary(() => mitata.bench('a', () => 1));
        mitata.group('inner', () => void mitata.bench('b', () => 1));
        mitata.bench('c', () => 1);
      });
      await mitata.boxplot(async () => void mitata.bench('d', () => 1));
      await mitata.run({ filter: /^[^c]/ });
      mitata.bench('e', () => 1).args('n', []);
    });
    expect(names).toEqual({ 'file.bench.ts': ['named', 'd'], outer: ['a'], inner: ['b'] });
  });

  it('finds the values behind parameters that documents can hold', () => {
    const object = { deep: [1] };
    const space = { n: [1, 1, 2], o: [object, null, Number.NaN, 'null'] };
    const params = paramsOf(space);
    expect(params).toEqual({ n: [1, 2], o: ['{"deep":[1]}', 'null', 'NaN', 'null (2)'] });
    const values = paramPoints(params).map((point) => valuesAt(space, point).o);
    expect(values.slice(0, 4)).toEqual([object, null, Number.NaN, 'null']);
  });

  it('runs a generator to its yield, gives computed values anew to each call, and lets it end', async () => {
    const steps: string[] = [];
    let fresh = 0;
    const probe = await onlyProbe(() => {
      mitata
        .bench('x', async function* (state) {
          steps.push(`before ${state.get('n')}`);
          yield {
            0: async () => ({ used: false }),
            1: () => state.get('n'),
            bench(input: { used: boolean }, n: number) {
              if (input.used || n !== 7) throw new Error('it is not a new one');
              input.used = true;
              fresh += 1;
            },
          };
          steps.push('after');
        })
        .args('n', [7]);
    });
    expect((await probe.measure(context({ n: 7 }))).status).toBe('ok');
    expect(steps).toEqual(['before 7', 'after']);
    expect(fresh).toBeGreaterThan(5);
  });
});

describe('the adapter of Vitest', () => {
  it('runs bodies of groups when the file has been read, the outer ones first', async () => {
    const order: string[] = [];
    const names = await namesOf(() => {
      vitest.describe('a', async () => {
        order.push('a');
        vitest.describe('b', () => {
          order.push('b');
          vitest.bench('in b', () => 1);
        });
        await Promise.resolve();
        order.push('a ends');
        vitest.bench(
          function inA() {},
          () => 1,
        );
      });
      vitest.describe.for([{ n: 1 }])('n is $n', () => vitest.bench('x', () => 1));
      vitest.bench('outside', () => 1);
      order.push('file');
    });
    expect(order).toEqual(['file', 'a', 'a ends', 'b']);
    expect(names).toEqual({ 'a › b': ['in b'], a: ['inA'], 'n is 1': ['x'], 'file.bench.ts': ['outside'] });
  });

  it('runs hooks of all groups around a benchmark once, and what they return after it', async () => {
    const calls: string[] = [];
    const noting = (what: string) => () => {
      calls.push(what);
      return () => calls.push(`clears ${what}`);
    };
    const probe = await onlyProbe(() => {
      vitest.beforeAll(noting('file'));
      vitest.describe('a', () => {
        vitest.beforeEach(noting('each'));
        vitest.afterAll(() => calls.push('afterAll'));
        vitest.bench('x', () => 1, {
          setup: () => calls.push('setup'),
          teardown: () => calls.push('teardown'),
        });
      });
    });
    await probe.measure(context());
    expect(calls).toEqual(['file', 'each', 'setup', 'teardown', 'clears each', 'clears file', 'afterAll']);
  });

  it.each([
    ['%s and %s', ['a', 1], 'a and 1'],
    ['%i of %d: %#, %$', [1, 2], '1 of 2: 3, 4'],
    ['%j', [{ a: 1 }], '{"a":1}'],
    ['$a.b and $c', [{ a: { b: 'deep' } }], 'deep and $c'],
    ['100%', [], '100%'],
  ])('names a group %j as %j', (template, values, title) => {
    expect(titleOf(template, values, 3)).toBe(title);
  });
});
