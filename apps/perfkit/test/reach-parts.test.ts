import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoveredScript } from '@perf/runner';
import { describe, expect, it } from 'vitest';
import { basesOf } from '../src/reach/bases.js';
import { changedFiles } from '../src/reach/changed-files.js';
import { changedTokens } from '../src/reach/changed-tokens.js';
import { decidingFields, fileKind } from '../src/reach/file-kind.js';
import { hunksBetween } from '../src/reach/hunks.js';
import { type ChangedCode, reachFrom } from '../src/reach/label.js';
import { pairFiles } from '../src/reach/pair-files.js';
import { folderWith } from './cli.js';

function commit(folder: string): void {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
      cwd: folder,
      stdio: 'pipe',
    });
  git('init', '-q');
  git('add', '-A');
  git('commit', '-qm', 'all');
}

const same = { 'x.js': '1', 'y.js': '1', '.gitignore': 'dist\n', 'dist/x.js': '1' };

describe('changedFiles', () => {
  it('finds what differs in git, committed or not, and nothing that git ignores', async () => {
    const root = folderWith({
      ...Object.fromEntries(Object.entries(same).map(([name, text]) => [`a/${name}`, text])),
      ...Object.fromEntries(Object.entries(same).map(([name, text]) => [`b/${name}`, text])),
    });
    const [a, b] = [join(root, 'a'), join(root, 'b')];
    for (const folder of [a, b]) commit(folder);
    const bases = await basesOf(a, b);
    expect(bases).toEqual({ a, b, git: true });
    expect(await changedFiles(bases)).toMatchObject({ paths: [] });
    writeFileSync(join(b, 'x.js'), '2');
    writeFileSync(join(b, 'new.js'), '1');
    writeFileSync(join(b, 'dist/x.js'), '2');
    mkdirSync(join(b, '.perfkit'));
    writeFileSync(join(b, '.perfkit/runs.sqlite'), '2');
    rmSync(join(a, 'y.js'));
    const found = await changedFiles(bases);
    expect(found?.paths).toEqual(['new.js', 'x.js', 'y.js']);
    expect(found?.known?.b.has('dist/x.js')).toBe(false);
  });

  it('finds what differs outside of git, but for what is installed', async () => {
    const root = folderWith({
      'a/x.js': '1',
      'b/x.js': '2',
      'a/same.js': '1',
      'b/same.js': '1',
      'b/node_modules/dep/x.js': '1',
    });
    const bases = await basesOf(join(root, 'a'), join(root, 'b'));
    expect(bases.git).toBe(false);
    expect(await changedFiles(bases)).toEqual({ paths: ['x.js'] });
  });

  it('compares whole repositories where the variants are packages at the same place in them', async () => {
    const root = folderWith({
      'a/packages/p/x.js': '1',
      'a/packages/q/x.js': '1',
      'b/packages/p/x.js': '1',
      'b/packages/q/x.js': '2',
    });
    for (const side of ['a', 'b']) commit(join(root, side));
    const bases = await basesOf(join(root, 'a/packages/p'), join(root, 'b/packages/p'));
    expect((await changedFiles(bases))?.paths).toEqual(['packages/q/x.js']);
  });
});

describe('pairFiles', () => {
  const bases = { a: '/a', b: '/b', git: false };
  const contents = new Map<string, string>();
  const contentOf = (path: string) => contents.get(path) ?? path;

  it('pairs by path from the base, by package, by content and by name, and drops what is equal', () => {
    contents.set('/a/same.js', 'x').set('/b/same.js', 'x').set('/a/old/moved.js', 'y').set('/b/new.js', 'y');
    const a = [
      '/a/same.js',
      '/a/src/lib.js',
      '/a/node_modules/.pnpm/dep@1/node_modules/dep/i.js',
      '/a/old/moved.js',
      '/a/old/tool.js',
      '/shared/x.js',
    ];
    const b = [
      '/b/same.js',
      '/b/src/lib.js',
      '/b/node_modules/.pnpm/dep@2/node_modules/dep/i.js',
      '/b/new.js',
      '/b/other/tool.js',
      '/shared/x.js',
    ];
    expect(pairFiles(a, b, bases, contentOf)).toEqual([
      { a: '/a/src/lib.js', b: '/b/src/lib.js' },
      {
        a: '/a/node_modules/.pnpm/dep@1/node_modules/dep/i.js',
        b: '/b/node_modules/.pnpm/dep@2/node_modules/dep/i.js',
      },
      { a: '/a/old/tool.js', b: '/b/other/tool.js' },
    ]);
  });

  it('leaves what has no counterpart alone', () => {
    expect(pairFiles(['/a/one.js'], ['/b/two.js', '/b/x/three.js'], bases, contentOf)).toEqual([
      { a: '/a/one.js' },
      { b: '/b/two.js' },
      { b: '/b/x/three.js' },
    ]);
  });

  it('finds on the disk what the other side did not load', () => {
    const root = folderWith({ 'a/x.js': '1', 'b/x.js': '2' });
    const [a, b] = [join(root, 'a'), join(root, 'b')];
    expect(pairFiles([join(a, 'x.js')], [], { a, b, git: false }, contentOf)).toEqual([
      { a: join(a, 'x.js'), b: join(b, 'x.js') },
    ]);
  });
});

const owner = { kind: 'function', name: 'f', at: 0 } as const;
const tokens = (line: number, text: string) => text.split(' ').map((part) => ({ text: part, line, owner }));

describe('changedTokens', () => {
  it('takes the lines that git finds, and of them what is not the same at both ends', async () => {
    const root = folderWith({ a: 'one\nf ( a )\nthree\n', b: 'one\nf ( a , b )\nthree\nfour\n' });
    const hunks = await hunksBetween(join(root, 'a'), join(root, 'b'));
    expect(hunks).toEqual([
      { a: { line: 2, count: 1 }, b: { line: 2, count: 1 } },
      { a: { line: 3, count: 0 }, b: { line: 4, count: 1 } },
    ]);
    const a = { tokens: [...tokens(1, 'one'), ...tokens(2, 'f ( a )'), ...tokens(3, 'three')] };
    const b = { tokens: [...tokens(1, 'one'), ...tokens(2, 'f ( a , b )'), ...tokens(4, 'four')] };
    const changed = changedTokens(hunks ?? [], a, b);
    expect(changed.a).toEqual([]);
    expect(changed.b.map(({ text }) => text)).toEqual([',', 'b', 'four']);
  });

  it('finds nothing where only line breaks changed', () => {
    const hunk = { a: { line: 1, count: 1 }, b: { line: 1, count: 2 } };
    const b = { tokens: [...tokens(1, 'f'), ...tokens(2, '( )')] };
    expect(changedTokens([hunk], { tokens: tokens(1, 'f ( )') }, b)).toEqual({ a: [], b: [] });
  });
});

describe('reachFrom', () => {
  const functionAt = (at: number, name: string) => ({ kind: 'function', name, at }) as const;
  const counted = (count: number) => [{ name: 'f', blocks: [{ start: 0, end: 100, count }] }];
  const script = (parts: Partial<CoveredScript>): CoveredScript => ({
    path: '/x.js',
    length: 100,
    loading: [],
    running: [],
    ...parts,
  });
  const code = (parts: Partial<ChangedCode> = {}): ChangedCode => ({
    file: 'x.js',
    side: 'b',
    tokens: [{ text: '1', line: 3, owner: functionAt(5, 'f') }],
    loaded: [script({ running: counted(1) })],
    generated: false,
    ...parts,
  });
  const uncalled = [script({ running: counted(0) })];

  it('names each function that was executed once, what was added first', () => {
    const twice = [
      { text: '1', line: 3, owner: functionAt(5, 'f') },
      { text: '2', line: 4, owner: functionAt(6, 'f') },
    ];
    const deleted = code({ side: 'a', tokens: [{ text: '1', line: 9, owner: functionAt(5, 'g') }] });
    expect(reachFrom({ code: [deleted, code({ tokens: twice })], doubts: ['why'] })).toEqual({
      label: 'reachable',
      places: [
        { file: 'x.js', line: 3, function: 'f', side: 'b' },
        { file: 'x.js', line: 9, function: 'g', side: 'a' },
      ],
    });
  });

  it('is sure that nothing was executed only where nothing else could matter', () => {
    const idle = code({ loaded: uncalled });
    expect(reachFrom({ code: [idle], doubts: [] })).toEqual({ label: 'not-executed' });
    expect(reachFrom({ code: [idle], doubts: ['yarn.lock differs'] })).toEqual({
      label: 'unknown',
      reason: 'yarn.lock differs',
    });
    expect(reachFrom({ code: [{ ...idle, generated: true }], doubts: [] }).label).toBe('unknown');
    const atModule = [{ text: '1', line: 3, owner: { kind: 'module' } as const }];
    expect(reachFrom({ code: [{ ...idle, tokens: atModule }], doubts: [] })).toEqual({
      label: 'unknown',
      reason: 'module-level code differs: x.js:3',
    });
    const setUp = [script({ loading: counted(1), running: counted(0) })];
    expect(reachFrom({ code: [{ ...idle, loaded: setUp }], doubts: [] })).toEqual({
      label: 'unknown',
      reason: 'module-level code differs: x.js:3',
    });
    const inert = [{ text: 'import', line: 3, owner: { kind: 'inert' } as const }];
    expect(reachFrom({ code: [{ ...idle, tokens: inert }], doubts: [] })).toEqual({ label: 'not-executed' });
  });

  it('says that the benchmark changed whatever else is known', () => {
    expect(reachFrom({ benchmark: 'it differs', code: [code()], doubts: [] })).toMatchObject({
      label: 'benchmark-changed',
      reason: 'it differs',
      places: [{ function: 'f' }],
    });
  });
});

describe('files', () => {
  it.each([
    ['src/x.ts', 'script'],
    ['pnpm-lock.yaml', 'lockfile'],
    ['packages/p/package.json', 'manifest'],
    ['README.md', 'plumbing'],
    ['.github/workflows/ci.yml', 'plumbing'],
    ['tsconfig.build.json', 'plumbing'],
    ['data/words.json', 'data'],
    ['.env', 'data'],
  ])('%s are of the kind %s', (path, kind) => {
    expect(fileKind(path)).toBe(kind);
  });

  it('of manifests only the fields that decide what runs count', () => {
    const text = (more: object) => JSON.stringify({ name: 'x', version: '1.0.0', ...more });
    expect(decidingFields(text({}), text({ version: '1.0.1', scripts: { test: 'x' } }))).toEqual([]);
    expect(decidingFields(text({}), text({ type: 'module', dependencies: { y: '1' } }))).toEqual([
      'type',
      'dependencies',
    ]);
    expect(decidingFields(text({}), undefined)).toEqual(['all of it']);
  });
});
