import { describe, expect, it } from 'vitest';
import { joinedFlags } from '../../src/variants/joined-flags.js';
import { directoryNames, labelsOf } from '../../src/variants/label.js';
import { parseSide } from '../../src/variants/parse-side.js';
import { sidesOf } from '../../src/variants/sides.js';

describe('parseSide', () => {
  it.each([
    ['.', { kind: 'directory', path: '.' }],
    ['../git', { kind: 'directory', path: '../git' }],
    ['C:\\before', { kind: 'directory', path: 'C:\\before' }],
    ['git:feature/x', { kind: 'git', ref: 'feature/x' }],
    ['git:HEAD~3', { kind: 'git', ref: 'HEAD~3' }],
    ['npm:zod', { kind: 'npm', name: 'zod', range: 'latest' }],
    ['npm:zod@^3.22', { kind: 'npm', name: 'zod', range: '^3.22' }],
    ['npm:@scope/name', { kind: 'npm', name: '@scope/name', range: 'latest' }],
    ['npm:@scope/name@next', { kind: 'npm', name: '@scope/name', range: 'next' }],
    ['npm:mine@file:./mine.tgz', { kind: 'npm', name: 'mine', range: 'file:./mine.tgz' }],
    ['node:/opt/node-24/bin/node', { kind: 'node', path: '/opt/node-24/bin/node' }],
  ])('reads %s', (text, side) => {
    expect(parseSide(text)).toEqual(side);
  });

  it.each(['git:', 'npm:', 'node: ', 'npm:@scope', 'npm:a b', 'gti:main', 'npm:--flag x'])(
    'refuses %s',
    (text) => {
      expect(() => parseSide(text)).toThrow(expect.objectContaining({ code: 'usage/variant' }));
    },
  );
});

describe('sidesOf', () => {
  const directory = { kind: 'directory', path: '.' };
  const kinds = (argv: Parameters<typeof sidesOf>[0]) => {
    const { a, b } = sidesOf(argv);
    return [a.what, b.what];
  };

  it('compares the working tree with the merge base unless told otherwise', () => {
    expect(kinds({})).toEqual([{ kind: 'git', ref: 'merge-base' }, directory]);
    expect(kinds({ a: 'npm:zod@3' })).toEqual([{ kind: 'npm', name: 'zod', range: '3' }, directory]);
  });

  it('compares flags and variables on the same code, unless both sides have the same', () => {
    expect(kinds({ bFlag: ['--jitless'] })).toEqual([directory, directory]);
    expect(kinds({ aEnv: ['MODE=a'], bEnv: ['MODE=b'] })).toEqual([directory, directory]);
    const same = { aEnv: ['MODE=a'], bEnv: ['MODE=a'] };
    expect(kinds(same)[0]).toEqual({ kind: 'git', ref: 'merge-base' });
  });

  it('reads variables whose values hold anything, and refuses what is none', () => {
    expect(sidesOf({ aEnv: ['URL=http://x?a=b', 'EMPTY='] }).a.env).toEqual({
      URL: 'http://x?a=b',
      EMPTY: '',
    });
    for (const text of ['FOO', '=x', '']) expect(() => sidesOf({ bEnv: [text] })).toThrow(/^--b-env is/);
    for (const text of ['foo', '-', '', 'a --b'])
      expect(() => sidesOf({ bFlag: [text] })).toThrow(/^--b-flag is/);
  });
});

describe('joinedFlags', () => {
  it('lets a flag of Node follow without =', () => {
    expect(joinedFlags(['compare', '--a-flag', '--jitless', '--b-flag', '--expose-gc', '--json'])).toEqual([
      'compare',
      '--a-flag=--jitless',
      '--b-flag=--expose-gc',
      '--json',
    ]);
    expect(joinedFlags(['--b-flag=--x', '--json', '--b-flag', 'y'])).toEqual([
      '--b-flag=--x',
      '--json',
      '--b-flag',
      'y',
    ]);
  });
});

describe('labels', () => {
  const side = (flags: string[] = [], env: Record<string, string> = {}) => ({
    what: { kind: 'directory', path: '.' } as const,
    flags,
    env,
  });

  it('hold what the other side does not have, and no secret', () => {
    const sides = {
      a: side(['--expose-gc'], { MODE: 'same', API_TOKEN: 'hush' }),
      b: side(['--expose-gc', '--jitless'], { MODE: 'same', SIZE: 'x'.repeat(99) }),
    };
    expect(labelsOf({ a: 'app', b: 'app' }, sides)).toEqual({
      a: 'app with API_TOKEN=…',
      b: `app with --jitless SIZE=${'x'.repeat(30)}…`,
    });
  });

  it('differ even where nothing else does', () => {
    expect(labelsOf({ a: 'app', b: 'app' }, { a: side(), b: side() })).toEqual({
      a: 'app (a)',
      b: 'app (b)',
    });
    const typed = { a: '../one/app', b: '../two/app' };
    expect(directoryNames(typed, { a: '/one/app', b: '/two/app' })).toEqual(typed);
    expect(directoryNames(typed, { a: '/one', b: '/two' })).toEqual({ a: 'one', b: 'two' });
  });
});
