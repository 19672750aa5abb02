import { describe, expect, it } from 'vitest';
import { checkReached, detourOf, isReplaced } from '../src/loading/borders.js';

const replacement = { from: '/tmp/v', instead: ['/p/node_modules/dep'], peers: { peer: '/p' } };
const options = { replace: { dep: replacement, '@s/dep': { from: '/tmp/w', instead: [] } } };

describe('detourOf', () => {
  it.each([
    ['dep', '/tmp/v'],
    ['dep/sub/path.js', '/tmp/v'],
    ['@s/dep', '/tmp/w'],
    ['@s/dep/sub', '/tmp/w'],
  ])('takes %s from where the replacement is', (specifier, from) => {
    expect(detourOf(options, specifier, '/p/x.perf.ts')).toEqual({ from, replaces: true });
  });

  it.each(['deputy', '@s/deputy', '@s', 'node:dep', './dep', '/dep', '#dep', 'file:///dep', 'toString', ''])(
    'lets %s be',
    (specifier) => {
      expect(detourOf(options, specifier, '/p/x.perf.ts')).toBeUndefined();
    },
  );

  it('leaves the replacement with its own surroundings, but for peer dependencies of the project', () => {
    const inside = '/tmp/v/node_modules/dep/index.js';
    expect(detourOf(options, 'dep', inside)).toBeUndefined();
    expect(detourOf(options, 'helper', inside)).toBeUndefined();
    expect(detourOf(options, 'peer/sub', inside)).toEqual({ from: '/p', replaces: false });
    expect(detourOf(options, 'peer', '/p/x.perf.ts')).toBeUndefined();
  });

  it('lets an installed package keep a copy of its own', () => {
    const detour = detourOf(options, 'dep', '/p/node_modules/plugin/index.js');
    expect(detour).toEqual({ from: '/tmp/v', replaces: true, unlessOwn: replacement });
    expect(isReplaced(replacement, '/p/node_modules/dep/index.js')).toBe(true);
    expect(isReplaced(replacement, '/p/node_modules/plugin/node_modules/dep/index.js')).toBe(false);
    expect(isReplaced(replacement, '/p/node_modules/deputy/index.js')).toBe(false);
    expect(isReplaced({ from: '/tmp/v', instead: ['/p'] }, '/p/node_modules/other/index.js')).toBe(false);
  });
});

describe('checkReached', () => {
  const apart = { own: '/tmp/tree', other: '/p' };
  const check = (specifier: string, importer: string | undefined, target: string | undefined) => () =>
    checkReached({ ...options, apart }, { specifier, importer, target });

  it('refuses the sources of the other tree', () => {
    const refusal = expect.objectContaining({ code: 'runner/other-sources' });
    expect(check('core', '/p/node_modules/plugin/index.js', '/p/packages/core/index.js')).toThrow(refusal);
    expect(check('/p/x.js', '/tmp/tree/x.perf.js', '/p/x.js')).toThrow(refusal);
    expect(check('/p/x.perf.js', undefined, '/p/x.perf.js')).toThrow(refusal);
  });

  it('lets through what is shared, what is its own, and what perfkit brings', () => {
    for (const [specifier, target] of [
      ['./x.js', '/tmp/tree/x.js'],
      ['dep', '/p/node_modules/.pnpm/dep@1/node_modules/dep/index.js'],
      ['node:fs', undefined],
      ['fs', 'fs'],
      ['@perf/bench', '/p/packages/bench/dist/index.js'],
      ['..', '/pp/x.js'],
    ] as const)
      expect(check(specifier, '/tmp/tree/x.perf.js', target)).not.toThrow();
    expect(
      check('./chunk.js', '/p/packages/bench/dist/index.js', '/p/packages/bench/dist/chunk.js'),
    ).not.toThrow();
  });

  it('lets a tree lie in the other one', () => {
    const within = { apart: { own: '/p/tmp/tree', other: '/p' } };
    const importer = '/p/tmp/tree/a.js';
    const reach = (target: string) => () => checkReached(within, { specifier: 'x', importer, target });
    expect(reach('/p/tmp/tree/b.js')).not.toThrow();
    expect(reach('/p/b.js')).toThrow();
  });

  it('refuses a replaced package that a module of the project reaches by its path', () => {
    const reach = check('./node_modules/dep/index.js', '/tmp/tree/x.perf.js', '/p/node_modules/dep/index.js');
    expect(reach).toThrow(expect.objectContaining({ code: 'runner/not-by-name' }));
    expect(check('./other.js', '/p/node_modules/dep/index.js', '/p/node_modules/dep/other.js')).not.toThrow();
  });
});
