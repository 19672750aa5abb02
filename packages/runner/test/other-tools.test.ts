import { describe, expect, it } from 'vitest';
import { byProbe, measureFiles, timeOf } from './other-tools.js';
import { perfFile, project } from './project.js';

/** What one file of a folder with these gives: each probe with its status or the start of its error. */
async function outcomesOf(
  files: Readonly<Record<string, string>>,
  file: string,
): Promise<Record<string, string>> {
  const { measurements } = await measureFiles(project({ 'package.json': '{ "type": "module" }', ...files }), [
    file,
  ]);
  return Object.fromEntries(
    Object.entries(byProbe(measurements)).map(([probe, { status, error }]) => [
      probe,
      error === undefined ? status : `${error.code}: ${error.message}`,
    ]),
  );
}

const tool = (name: string) =>
  `export const real = true; export class Bench { constructor() { this.real = '${name}' } }`;

describe('a benchmark file of another tool', () => {
  it('gets adapters in its own modules, and installed packages get what they ask for', async () => {
    const outcomes = await outcomesOf(
      {
        'a.bench.js': `
          import { Bench } from 'tinybench';
          import { helped } from './helpers';
          import { usesTinybench } from 'reporter';
          import data from './data.json';
          helped(new Bench({ name: 'a' }), usesTinybench + data.word);`,
        'helpers/index.ts': `
          import { Bench } from 'tinybench';
          export const helped = async (bench: Bench, name: string): Promise<void> => {
            bench.add(name, () => 1).add(String(bench instanceof Bench), () => 1);
            await bench.run();
          };`,
        'data.json': '{ "word": "word" }',
        'node_modules/tinybench/package.json': '{ "type": "module", "exports": "./index.js" }',
        'node_modules/tinybench/index.js': tool('tinybench'),
        'node_modules/reporter/package.json': '{ "type": "module", "exports": "./index.js" }',
        'node_modules/reporter/index.js':
          "import { real } from 'tinybench'; export const usesTinybench = real ? 'the real one, ' : '';",
      },
      'a.bench.js',
    );
    expect(outcomes).toEqual({ 'a › the real one, word': 'ok', 'a › true': 'ok' });
  });

  it('is loaded as bundlers do where its package does not say what it is, and as CommonJS where it is that', async () => {
    const root = project({
      'package.json': '{}',
      'a.bench.js':
        "import { bench } from 'vitest'; import { one } from './one'; bench('module', () => one);",
      'one.js': 'export const one = 1;',
      'b.bench.cjs': `
        const { Bench } = require('tinybench');
        const bench = new Bench({ name: 'b' });
        bench.add('required', () => require('./two.cjs')).run().then(() => console.table(bench.table()));`,
      'two.cjs': 'module.exports = 2;',
    });
    const { measurements } = await measureFiles(root, ['a.bench.js', 'b.bench.cjs']);
    expect(Object.keys(byProbe(measurements))).toEqual(['a.bench.js › module', 'b › required']);
    expect(measurements.map(({ error }) => error)).toEqual([undefined, undefined]);
  });

  it('may end its process, ask whether it is the program, and keep a server open', async () => {
    const outcomes = await outcomesOf(
      {
        'a.bench.js': `
          import { createServer } from 'node:http';
          import { once } from 'node:events';
          import { Bench } from 'tinybench';
          const server = createServer((_, response) => response.end('x')).listen(0, '127.0.0.1');
          await once(server, 'listening');
          const url = 'http://127.0.0.1:' + server.address().port;
          if (process.argv[1] === new URL(import.meta.url).pathname) {
            const bench = new Bench({ name: 'a', concurrency: 'task', threshold: 4 });
            bench.add('fetch', async () => await (await fetch(url)).text()).add('sync', () => 1);
            bench.run().then(() => process.exit(1));
          }`,
      },
      'a.bench.js',
    );
    expect(outcomes).toEqual({ 'a › fetch': 'ok', 'a › sync': 'ok' });
  });

  it('whose later part fails for want of results says so beside what it registered', async () => {
    const outcomes = await outcomesOf(
      {
        'a.bench.js': `
          import { Bench } from 'tinybench';
          const bench = new Bench({ name: 'a' }).add('one', () => 1);
          await bench.run();
          if (!(bench.results[0].latency.mean > 0)) throw new Error('no mean');`,
      },
      'a.bench.js',
    );
    expect(outcomes).toEqual({
      'a › one': 'ok',
      'a.bench.js › after its first run': expect.stringMatching(/^runner\/ended-early: .*it threw: no mean/),
    });
  });

  it('that registers nothing, or fails before it has, is told with its place', async () => {
    const root = project({
      'package.json': '{ "type": "module" }',
      'a.bench.js': "import { run } from 'mitata'; await run();",
      'b.bench.js': "import { Bench } from 'tinybench';\nnew Bench().add('x', 5);",
      'c.bench.js': "import { vi, bench } from 'vitest';\n\nvi.mock('x');",
      'd.bench.js': "describe('global', () => {});",
      'e.bench.js': "import { bench } from 'mitata';\nbench('x', () => 1).range('n', 0, 10);",
    });
    const { measurements, planned } = await measureFiles(
      root,
      ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}.bench.js`),
    );
    expect(planned).toBe(0);
    expect(measurements.map(({ error }) => `${error?.code}: ${error?.message.replace(root, '')}`)).toEqual([
      expect.stringMatching(
        /^runner\/no-benchmarks: \/a\.bench\.js: It imports mitata and registers no benchmark\./,
      ),
      expect.stringMatching(/^bench\/not-a-function: \/b\.bench\.js:2:13: The task "x" has no function\./),
      expect.stringMatching(/^bench\/unsupported: \/c\.bench\.js:3:4: perfkit has no vi of vitest\./),
      expect.stringMatching(
        /^runner\/no-globals: .*describe is not defined.*import \{ bench, describe \} from 'vitest'/,
      ),
      expect.stringMatching(
        /^bench\/unsupported: \/e\.bench\.js:2:21: perfkit has no range from 0 by the factor 8\./,
      ),
    ]);
  });

  it('fails only where it asks for what perfkit cannot measure', async () => {
    const outcomes = await outcomesOf(
      {
        'a.bench.js': `
          import { bench, run } from 'mitata';
          bench('iterates', (state) => { for (const _ of state) Math.random(); });
          bench('by hand', function* () { yield { manual: () => 1 }; });
          bench('twice', function* () { yield () => 1; yield () => 2; });
          bench('object $o', function* (state) { const o = state.get('o'); yield () => o.a; }).args('o', [{ a: 1 }]);
          await run();`,
      },
      'a.bench.js',
    );
    expect(outcomes).toEqual({
      'a.bench.js › iterates': expect.stringMatching(
        /^bench\/unsupported: .*a\.bench\.js:3:11: .*loops over its state/,
      ),
      'a.bench.js › by hand': expect.stringMatching(
        /^bench\/unsupported: .*a\.bench\.js:4:11: .*times itself/,
      ),
      'a.bench.js › twice': expect.stringMatching(
        /^bench\/unsupported: .*a\.bench\.js:5:11: .*more than once/,
      ),
      'a.bench.js › object $o {"o":"{\\"a\\":1}"}': 'ok',
    });
  });

  it('measures only what it marks so, and skips what it marks so', async () => {
    const { measurements, planned } = await measureFiles(
      project({
        'package.json': '{ "type": "module" }',
        'a.bench.js': `
          import { bench, describe } from 'vitest';
          describe.only('a', async () => {
            await Promise.resolve();
            bench('not this', () => 1);
            bench.only('this', () => 2);
            describe.skip('b', () => { bench.only('nor this', () => 3); });
          });
          bench.skipIf(true)('skipped', () => 4);`,
      }),
      ['a.bench.js'],
    );
    expect(planned).toBe(1);
    expect(Object.keys(byProbe(measurements))).toEqual(['a › this']);
  });
});

describe('a perf file', () => {
  it('stays one when it imports a benchmark tool too, which it then gets itself', async () => {
    const root = project({
      'a.perf.ts': `import { real } from 'mitata'; ${perfFile('ours', { one: 'if (!real) throw new Error()' })}`,
      'node_modules/mitata/package.json': '{ "type": "module", "exports": "./index.js" }',
      'node_modules/mitata/index.js': 'export const real = true;',
    });
    const { measurements } = await measureFiles(root, ['a.perf.ts']);
    expect(measurements.map(({ probe, error }) => [probe.suite, error])).toEqual([['ours', undefined]]);
    expect(timeOf(measurements[0])).toBe(1);
  });
});
