import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Variant } from '../src/index.js';
import { built } from './built.js';
import { measureFolder, planFor } from './measuring.js';
import { perfFile, project } from './project.js';

it('starts the processes of a variant on its binary, with its flags and its environment', async () => {
  const root = project({});
  const execPath = join(project({}), 'node');
  copyFileSync(process.execPath, execPath);
  const says =
    "throw new Error([process.execPath, process.execArgv, process.env.MODE, typeof gc, process.env.PERFKIT_RUN === 'mine'].join(' '))";
  const files = project({ 'x.perf.ts': perfFile('x', { one: says }) });
  const variant: Variant = {
    label: 'b',
    root,
    files: [join(files, 'x.perf.ts')],
    execPath,
    execArgv: ['--expose-gc'],
    env: { MODE: 'fast', PERFKIT_RUN: 'mine' },
  };
  const { measurements } = await measureFolder(root, { variants: [variant] });
  expect(measurements.map(({ error }) => error?.message)).toEqual([
    `${execPath} --expose-gc fast function false`,
  ]);
});

it('says of each perf file whether it loads, and whether it takes a package from elsewhere', async () => {
  const dependency = (cost: number) => ({
    'node_modules/dep/package.json': '{"name":"dep","exports":{"import":"./dep.mjs","require":"./dep.cjs"}}',
    'node_modules/dep/dep.mjs': `export const cost = ${cost};`,
    'node_modules/dep/dep.cjs': `exports.cost = ${cost};`,
  });
  const refuse = (cost: string) => `if (${cost} !== 2) throw new Error('it is ' + ${cost});`;
  const root = project({
    ...dependency(1),
    'imports.perf.ts': `import { cost } from 'dep';\n${refuse('cost')}\n${perfFile('imports', { one: '' })}`,
    'requires.perf.mts': `import old from './old.cjs';\nimport older from './older.cts';\n${refuse('old.cost')}\n${refuse('older.cost')}\n${perfFile('requires', { one: '' })}`,
    'old.cjs': "module.exports = { cost: require('dep').cost };",
    'older.cts': "const { cost } = require('dep') as { cost: number };\nmodule.exports = { cost };",
    'neither.perf.ts': perfFile('neither', { one: '' }),
    'broken.perf.ts': "import 'dep';\nimport './nowhere.js';",
  });
  const elsewhere = project(dependency(2));
  const { tryFiles } = await built();
  const names = ['imports.perf.ts', 'requires.perf.mts', 'neither.perf.ts', 'broken.perf.ts'];
  const files = names.map((name) => join(root, name));
  const replace = { dep: { from: elsewhere, instead: [join(root, 'node_modules/dep')] } };
  const tried = await tryFiles({ label: 'b', root, files, replace }, planFor(root));
  expect(tried.map(({ replaced, failure }) => [replaced, failure?.message])).toEqual([
    [true, undefined],
    [true, undefined],
    [false, undefined],
    [false, expect.stringContaining('nowhere')],
  ]);
});
