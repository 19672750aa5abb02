import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { folderWith, startPerfkit } from './cli.js';
import { type Published, registryWith } from './registry.js';
import { costFile } from './repository.js';

/** Waits for a comparison without holding up the registry, which is in this process. */
async function compare(cwd: string, ...args: string[]) {
  const child = startPerfkit(
    cwd,
    'compare',
    ...args,
    '--json',
    '--processes',
    '1',
    '--no-html',
    '--no-reach',
  );
  const [stdout, stderr] = await Promise.all([text(child.stdout as never), text(child.stderr as never)]);
  if (child.exitCode === null) await once(child, 'exit');
  return { code: child.exitCode, stdout, stderr };
}

const both = (esm: string, cjs: string) => ({ exports: { import: esm, require: cjs } });

/** A package for `import` and `require` whose `cost` comes from a dependency of its own, as does that of its `sub`. */
function dep(name: string, version: string, helper: string): Published {
  return {
    name,
    version,
    manifest: {
      ...{ dependencies: { helper }, peerDependencies: { peer: '*' } },
      exports: { '.': both('./dep.mjs', './dep.cjs').exports, './sub': './sub.mjs' },
    },
    files: {
      'dep.mjs': "export { cost } from 'helper';\nexport { token } from 'peer';\n",
      'dep.cjs': "module.exports = { cost: require('helper').cost, token: require('peer').token };\n",
      'sub.mjs': `export { cost } from '${name}';\n`,
    },
  };
}

function helper(version: string, cost: number): Published {
  const files = { 'helper.mjs': `export const cost = ${cost};\n`, 'helper.cjs': `exports.cost = ${cost};\n` };
  return { name: 'helper', version, manifest: both('./helper.mjs', './helper.cjs'), files };
}

/** Every way in which the modules of a perf file come by a package, each with a digit of its own. */
const takes = `import { createRequire } from 'node:module';
import { cost as imported, token } from 'dep';
import { cost as sub } from 'dep/sub';
import { cost as viaPlugin } from 'plugin';
import { cost as viaKeeper } from 'keeper';
import { token as peer } from 'peer';
import required from './old.cjs';
if (token !== peer || required.token !== peer) throw new Error('two copies of the peer');
const { cost: late } = await import('dep');
const { cost: created } = createRequire(import.meta.url)('dep');
const cost = imported + 10 * sub + 100 * required.cost + 1000 * created + 10_000 * viaPlugin + 100_000 * late + 1_000_000 * viaKeeper;`;

function installed(name: string, files: Record<string, string>, manifest: Record<string, unknown> = {}) {
  const all = { 'package.json': JSON.stringify({ name, version: '0.9.0', ...manifest }), ...files };
  return Object.fromEntries(
    Object.entries(all).map(([file, content]) => [`node_modules/${name}/${file}`, content]),
  );
}

const installedDep = installed(
  'dep',
  {
    'dep.mjs': "export const cost = 9;\nexport { token } from 'peer';\n",
    'dep.cjs': "module.exports = { cost: 9, token: require('peer').token };\n",
    'sub.mjs': 'export const cost = 9;\n',
  },
  { exports: { '.': both('./dep.mjs', './dep.cjs').exports, './sub': './sub.mjs' } },
);

async function project(published: readonly Published[], tags = {}): Promise<string> {
  const registry = await registryWith(published, tags);
  const root = folderWith({
    '.npmrc': `registry=${registry}\ncache=${join(folderWith(), 'cache')}\n`,
    'package.json': '{"type":"module"}',
    'x.perf.js': costFile('', { take: takes }),
    'other.perf.js': costFile('', { name: 'other', take: 'const cost = 1;' }),
    'old.cjs': "const { cost, token } = require('dep');\nmodule.exports = { cost, token };\n",
    ...installedDep,
    ...installed('peer', { 'index.cjs': 'exports.token = {};\n' }, { main: 'index.cjs' }),
    ...installed('plugin', { 'index.mjs': "export { cost } from 'dep';\n" }, { exports: './index.mjs' }),
    ...installed('keeper', { 'index.mjs': "export { cost } from 'dep';\n" }, { exports: './index.mjs' }),
  });
  const own = join(root, 'node_modules/keeper/node_modules/dep');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'package.json'), '{"name":"dep","exports":"./dep.mjs"}');
  writeFileSync(join(own, 'dep.mjs'), 'export const cost = 7;\n');
  return root;
}

const peer: Published = { name: 'peer', version: '1.0.0', files: { 'index.js': 'exports.token = {};\n' } };

describe('perfkit compare npm:<package>@<version>', () => {
  it('puts that version, with dependencies of its own, in the place of every import of the perf files', async () => {
    const published = [
      dep('dep', '1.0.0', '1.0.0'),
      dep('dep', '1.4.0', '1.0.0'),
      dep('dep', '2.0.0', '2.0.0'),
      helper('1.0.0', 1),
      helper('2.0.0', 2),
      peer,
    ];
    const root = await project(published, { dep: { next: '2.0.0', latest: '1.4.0' } });
    const { stdout, stderr, code } = await compare(root, 'npm:dep@^1', 'npm:dep@next');
    expect(stdout, stderr).not.toBe('');
    const { comparisons, variants, incomparable } = JSON.parse(stdout);
    expect(variants).toMatchObject({ a: { label: 'npm:dep@1.4.0' }, b: { label: 'npm:dep@2.0.0' } });
    expect(comparisons.map(({ center }: { center: unknown }) => center)).toEqual([
      { a: 7_111_111, b: 7_222_222 },
    ]);
    expect(incomparable).toEqual([]);
    expect(stderr).toContain('Left out, as nothing in it imports dep: other.perf.js.');
    expect(code).toBe(0);
  });

  it('compares a scoped package, or a tarball of one, with what is installed', async () => {
    const root = await project([dep('@scope/dep', '3.0.0', '1.0.0'), helper('1.0.0', 3), peer]);
    writeFileSync(join(root, 'scoped.perf.js'), costFile('@scope/dep'));
    const files = installed(
      '@scope/dep',
      { 'dep.mjs': 'export const cost = 9;\n' },
      { exports: './dep.mjs' },
    );
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(root, 'node_modules/@scope/dep'), { recursive: true });
      writeFileSync(join(root, name), content);
    }
    const { stdout, stderr } = await compare(root, '.', 'npm:@scope/dep', 'scoped.perf.js');
    expect(stdout, stderr).not.toBe('');
    const { comparisons, variants } = JSON.parse(stdout);
    expect(variants).toMatchObject({
      a: { label: '@scope/dep@0.9.0 as installed' },
      b: { label: 'npm:@scope/dep@3.0.0' },
    });
    expect(comparisons[0].center).toEqual({ a: 9, b: 3 });
  });

  it('puts a published version in the place of the project itself, and of a folder', async () => {
    const published = { name: 'mine', version: '1.0.0', manifest: { exports: './mine.mjs' } };
    const root = await project([{ ...published, files: { 'mine.mjs': 'export const cost = 1;\n' } }]);
    writeFileSync(
      join(root, 'package.json'),
      '{"name":"mine","version":"2.0.0","exports":"./mine.mjs","type":"module"}',
    );
    writeFileSync(join(root, 'mine.mjs'), 'export const cost = 2;\n');
    writeFileSync(join(root, 'mine.perf.js'), costFile('mine'));
    const { stdout, stderr } = await compare(root, 'npm:mine@1', 'npm:mine@file:.', 'mine.perf.js');
    expect(stdout, stderr).not.toBe('');
    const { comparisons, variants } = JSON.parse(stdout);
    expect(variants).toMatchObject({ a: { label: 'npm:mine@1.0.0' }, b: { label: 'npm:mine@2.0.0' } });
    expect(comparisons[0].center).toEqual({ a: 1, b: 2 });
  });

  it('refuses what would compare a package with itself, and what there is not', async () => {
    const root = await project([dep('dep', '1.0.0', '1.0.0'), helper('1.0.0', 1), peer]);
    const refused = async (...args: string[]) => {
      const { code, stdout, stderr } = await compare(root, ...args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      return stderr;
    };
    expect(await refused('npm:helper@1.0.0', '.', 'other.perf.js')).toContain('No perf file imports helper');
    expect(await refused('npm:missing')).toContain('The registry has no package missing.');
    expect(await refused('npm:dep@^7')).toContain('The registry has no version ^7 of dep.');
    writeFileSync(join(root, '.npmrc'), 'registry=http://127.0.0.1:9\nfetch-retries=0\n');
    expect(await refused('npm:dep')).toContain('The registry cannot be reached for dep@latest');
  });
});
