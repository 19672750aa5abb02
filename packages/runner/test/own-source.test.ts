import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type OwnSource, ownSourceOf } from '../src/index.js';
import { project } from './project.js';

const file = `import { bench, suite } from '@perf/bench';
import { parse, Cache } from './lib.js';

const text = 'abc'.repeat(10);
export default suite('lib', {
  parse: bench(() => parse(text)),
  'cache get': bench((cache: Cache) => cache.get('k'), { setup: () => new Cache() }),
});
`;

async function own(text: string, name = 'parse', suite = 'lib', path = 'x.perf.ts'): Promise<OwnSource> {
  const root = project({ [path]: text });
  return await ownSourceOf(join(root, path), { suite, name }, join(root, '.cache'));
}

describe('ownSourceOf', () => {
  it.each([
    ['comments and line breaks', file.replace('const text', '// the input\n\nconst text')],
    ['quotes', file.replace("'abc'", '"abc"')],
    ['a trailing comma', file.replace('new Cache() }),', 'new Cache(), }),')],
    ['types', file.replace('(cache: Cache)', '(cache)')],
    ['another probe', file.replace("cache.get('k')", "cache.get('other')")],
    ['a probe that is new', file.replace("  'cache get'", "  another: bench(() => 1),\n  'cache get'")],
    ['a probe that is gone', file.replace(/ {2}'cache get'.*\n/, '')],
    ['a suite that is new', `${file}export const more = suite('more', { one: bench(() => 1) });\n`],
    ['where things are imported from', file.replace('./lib.js', './library.js')],
  ])('does not change with %s', async (_, changed) => {
    expect(changed).not.toBe(file);
    expect((await own(changed)).hash).toBe((await own(file)).hash);
  });

  it.each([
    ['the probe itself', file.replace('parse(text)', 'parse(text.trim())')],
    ['its options', file.replace('parse(text))', 'parse(text), { concurrency: 2 })')],
    ['what the file does around its probes', file.replace('repeat(10)', 'repeat(20)')],
    [
      'where a name is computed',
      file.replace("'cache get':", "['cache get']:").replace("get('k')", "get('l')"),
    ],
  ])('changes with %s', async (_, changed) => {
    const before = changed.includes("['cache get']") ? file.replace("'cache get':", "['cache get']:") : file;
    expect((await own(changed)).hash).not.toBe((await own(before)).hash);
  });

  it('tells what is imported apart from it', async () => {
    const moved = await own(file.replace('./lib.js', './library.js'));
    expect(moved.imports).not.toBe((await own(file)).imports);
    expect((await own(file.replace('parse(text)', 'parse(1)'))).imports).toBe((await own(file)).imports);
  });

  it('knows the benchmarks of other libraries by their calls', async () => {
    const tiny = (one: string, two: string) => `import { Bench } from 'tinybench';
const bench = new Bench();
bench.add('one', () => ${one});
bench.add('two', () => ${two});
export default bench;
`;
    const hash = async (text: string) => (await own(text, 'one', 'x', 'x.bench.mjs')).hash;
    expect(await hash(tiny('1', '3'))).toBe(await hash(tiny('1', '2')));
    expect(await hash(tiny('9', '2'))).not.toBe(await hash(tiny('1', '2')));
  });
});
