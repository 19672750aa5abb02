import { relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { discover } from '../src/index.js';
import { project } from './project.js';

const files = {
  'a.perf.ts': '',
  'deep/b.perf.mjs': '',
  'deep/c.perf.js': '',
  'deep/d.perf.mts': '',
  'deep/e.ts': '',
  'node_modules/x/f.perf.js': '',
  'dist/g.perf.js': '',
};

async function found(root: string, patterns?: string[]): Promise<string[]> {
  return (await discover(root, patterns)).map((file) => relative(root, file));
}

describe('discover', () => {
  it('finds perf files of every ending, sorted, outside of dependencies and build output', async () => {
    const names = await found(project(files));
    expect(names).toEqual(['a.perf.ts', 'deep/b.perf.mjs', 'deep/c.perf.js', 'deep/d.perf.mts']);
  });

  it('takes files, folders and globs, each file once', async () => {
    const names = await found(project(files), ['deep', 'deep/e.ts', '**/*.perf.mjs']);
    expect(names).toEqual(['deep/b.perf.mjs', 'deep/c.perf.js', 'deep/d.perf.mts', 'deep/e.ts']);
  });

  it('says which named file is missing, and where it looked', async () => {
    const root = project(files);
    await expect(discover(root, ['typo.perf.ts'])).rejects.toMatchObject({
      code: 'runner/no-such-file',
      message: `There is no typo.perf.ts in ${root}.`,
    });
  });

  it('says that nothing was found rather than measuring nothing', async () => {
    await expect(discover(project({}))).rejects.toMatchObject({ code: 'runner/no-perf-files' });
  });
});
