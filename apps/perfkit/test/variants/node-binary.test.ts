import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { findNode } from '../../src/variants/node-binary.js';
import { folderWith } from '../cli.js';

const find = async (path: string, cwd = folderWith({ 'package.json': '{}' })) =>
  await findNode(path, {
    cwd,
    signal: new AbortController().signal,
    say: () => undefined,
    undo: () => undefined,
  });

/** A program that prints this. */
function program(script: string): string {
  const file = join(folderWith(), 'node');
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

it('finds a binary by its path, by the folder of its installation and by its name on the PATH', async () => {
  const { node: version, v8 } = process.versions;
  const here = { execPath: process.execPath, version, v8 };
  expect(await find(process.execPath)).toEqual(here);
  expect(await find(dirname(process.execPath))).toEqual(here);
  expect(await find('node')).toMatchObject({ execPath: expect.stringMatching(/[\\/]node(\.exe)?$/) });
});

it.each([
  ['./nowhere', 'usage/no-binary', 'There is no binary ./nowhere that can be run.'],
  ['package.json', 'usage/no-binary', 'There is no binary package.json that can be run.'],
  [() => program('echo hello'), 'usage/no-node', 'is no Node.js: it says "hello".'],
  [() => program('exit 3'), 'usage/no-node', 'is no Node.js: it ended with code 3 and no word.'],
  [() => program(`echo '{"node":"24.3.0","bun":"1.2"}'`), 'usage/no-node', 'is no Node.js: it is bun.'],
  [() => program(`echo '{"node":"18.20.4"}'`), 'usage/old-node', 'is Node.js 18.20.4, which is too old'],
  [() => program(`echo '{"node":"20.18.3"}'`), 'usage/old-node', 'is Node.js 20.18.3, which is too old'],
])('refuses %s', async (path, code, message) => {
  await expect(find(typeof path === 'string' ? path : path())).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
    remedy: expect.stringContaining('20.19 or newer'),
  });
});
