import { chmodSync, copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, perfkit } from './cli.js';
import { costFile } from './repository.js';

const flags = ['--json', '--no-reach', '--processes', '1'];
const project = (take: string) =>
  folderWith({ 'x.perf.js': costFile('', { take }), 'package.json': '{"type":"module"}' });

describe('perfkit compare node:<path>', () => {
  it('measures the same code on another binary, with its version in label and environment', () => {
    const bin = join(folderWith(), 'node');
    copyFileSync(process.execPath, bin);
    chmodSync(bin, 0o755);
    const root = project(
      "import { basename, dirname } from 'node:path';\nconst cost = process.execPath.length;",
    );
    const { stdout, stderr } = perfkit(root, 'compare', '.', `node:${bin}`, ...flags);
    expect(stdout, stderr).not.toBe('');
    const { variants, comparisons } = JSON.parse(stdout);
    expect(variants.a.label).toBe(`this Node (${process.versions.node})`);
    expect(variants.b.label).toBe(`node:${bin} (${process.versions.node})`);
    expect(comparisons[0].center).toEqual({ a: process.execPath.length, b: bin.length });
    const run = JSON.parse(readFileSync(join(root, '.perfkit/compare/b.run.json'), 'utf8'));
    expect(run.environment.volatile.node).toEqual({ value: process.versions.node });
  });
});

describe('flags and variables of a side', () => {
  it('reach its processes, and are what is compared if nothing else is named', () => {
    const root = project(
      "import { getHeapStatistics } from 'node:v8';\nconst cost = Number(process.env.COST) + (typeof gc === 'function' ? 100 : 0);",
    );
    const { stdout, stderr } = perfkit(
      root,
      ...['compare', '--a-env', 'COST=1', '--b-env', 'COST=2', '--b-flag', '--expose-gc'],
      ...flags,
    );
    expect(stdout, stderr).not.toBe('');
    const { variants, comparisons } = JSON.parse(stdout);
    expect(comparisons[0].center).toEqual({ a: 1, b: 102 });
    expect(variants.a.label).toMatch(/ with COST=1$/);
    expect(variants.b.label).toMatch(/ with --expose-gc COST=2$/);
    const run = JSON.parse(readFileSync(join(root, '.perfkit/compare/b.run.json'), 'utf8'));
    expect(run.environment.volatile).toMatchObject({
      nodeFlags: { value: '--expose-gc' },
      variables: { value: 'COST' },
    });
  });

  it('are refused where Node.js would not start with them', () => {
    const root = project('const cost = 1;');
    const { code, stderr } = perfkit(root, 'compare', '.', '.', '--b-flag', '--no-such-flag', ...flags);
    expect(stderr).toContain('Node.js does not start with --no-such-flag:');
    expect(code).toBe(2);
  });
});
