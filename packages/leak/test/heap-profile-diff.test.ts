import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import {
  type HeapProfile,
  type HeapProfileNode,
  heapProfileDiff,
  heapProfileTop,
  startHeapProfiler,
} from '../src/index.js';

interface Allocated {
  readonly url: string;
  readonly scriptId?: string;
  readonly line?: number;
  readonly function?: string;
  /** Of each sample. */
  readonly sizes: readonly number[];
}

/** A profile of functions that the root calls. */
function profileOf(...functions: readonly Allocated[]): HeapProfile {
  const children = functions.map(
    ({ url, scriptId = '1', line = 1, sizes, ...named }, index): HeapProfileNode => {
      const functionName = named.function ?? 'make';
      const callFrame = { functionName, scriptId, url, lineNumber: line - 1, columnNumber: 0 };
      return { callFrame, selfSize: sizes.reduce((sum, size) => sum + size, 0), id: index + 2, children: [] };
    },
  );
  const root = { functionName: '(root)', scriptId: '0', url: '', lineNumber: -1, columnNumber: -1 };
  return {
    head: { callFrame: root, selfSize: 0, id: 1, children },
    samples: functions.flatMap(({ sizes }, index) =>
      sizes.map((size, ordinal) => ({ size, nodeId: index + 2, ordinal })),
    ),
  };
}

describe('the difference of two heap profiles', () => {
  const before = profileOf(
    { url: 'file:///app/a.js', sizes: [100] },
    { url: 'file:///app/gone.js', sizes: [100, 100, 100] },
    { url: 'file:///app/node_modules/same/index.js', sizes: [100] },
    { url: 'node:fs', sizes: [100, 100] },
  );
  const after = profileOf(
    { url: 'node:fs', sizes: [100] },
    { url: 'file:///app/node_modules/same/index.js', sizes: [100] },
    { url: 'file:///app/node_modules/new/index.js', line: 7, function: 'fresh', sizes: [100, 100, 100] },
    { url: 'file:///app/a.js', sizes: [100, 100] },
  );

  it('gives what grew first and what shrank last, without what stayed', () => {
    const { by, bytes, sites } = heapProfileDiff(before, after);
    expect({ by, bytes }).toEqual({ by: 'line', bytes: { before: 700, after: 700 } });
    expect(sites.map(({ file, line, before, after, change }) => [file, line, before, after, change])).toEqual(
      [
        ['/app/node_modules/new/index.js', 7, 0, 300, 300],
        ['/app/a.js', 1, 100, 200, 100],
        ['node:fs', 1, 200, 100, -100],
        ['/app/gone.js', 1, 300, 0, -300],
      ],
    );
    expect(heapProfileDiff(before, after, { limit: 1 }).sites).toEqual(sites.slice(0, 1));
    expect(heapProfileDiff(after, after).sites).toEqual([]);
  });

  it('goes by function and by package too', () => {
    expect(heapProfileDiff(before, after, { by: 'function' }).sites[0]).toMatchObject({
      package: 'new',
      function: 'fresh',
      line: 7,
    });
    const packages = heapProfileDiff(before, after, { by: 'package' }).sites;
    expect(packages.map((site) => [site.package, site.change])).toEqual([
      ['new', 300],
      ['node', -100],
      ['(program)', -200],
    ]);
  });

  it('carries the errors of both sides', () => {
    const [fresh, grown] = heapProfileDiff(before, after).sites;
    expect(fresh?.errorBytes).toBeCloseTo(100 * Math.sqrt(3));
    expect(grown?.errorBytes).toBeCloseTo(100 * Math.sqrt(1 + 2));
    const silent = { ...after, samples: [] };
    expect(heapProfileDiff(before, silent).sites[0]).not.toHaveProperty('errorBytes');
  });

  it('finds what a program kept between two snapshots of its profiler', async () => {
    const code =
      '(function keep(count) { return Array.from({ length: count }, () => new Array(100).fill(0.5)); })';
    const keepIn = (filename: string) => runInThisContext(code, { filename }) as (count: number) => unknown[];
    const [early, late] = [
      keepIn('/app/node_modules/early/index.js'),
      keepIn('/app/node_modules/late/index.js'),
    ];
    const profiler = await startHeapProfiler({ intervalBytes: 4096 });
    const kept = [early(5000)];
    const first = await profiler.snapshot();
    kept.push(late(5000));
    const second = await profiler.snapshot();
    profiler.stop();
    expect(kept).toHaveLength(2);
    const [most] = heapProfileDiff(first, second, { by: 'package' }).sites;
    expect(most?.package).toBe('late');
    expect(most?.change).toBeGreaterThan(0.8 * 5000 * 848);
    expect(most?.before).toBe(0);
  });
});

describe('the error of a site', () => {
  it('is that of a count for small objects, and vanishes for objects much larger than the interval', () => {
    const sizes = Array.from({ length: 25 }, () => 1000);
    const { sites } = heapProfileTop(
      profileOf({ url: 'file:///app/small.js', sizes }, { url: 'file:///app/large.js', sizes: [20_000] }),
    );
    expect(
      sites.map(({ bytes, samples, errorBytes = -1 }) => [bytes, samples, Math.round(errorBytes)]),
    ).toEqual([
      [25_000, 25, 5000],
      [20_000, 1, 1],
    ]);
  });

  it('is absent where the profile lists no samples', () => {
    const profile = { ...profileOf({ url: 'file:///app/a.js', sizes: [100] }), samples: [] };
    const [site] = heapProfileTop(profile).sites;
    expect(site).toMatchObject({ bytes: 100, samples: 0 });
    expect(site).not.toHaveProperty('errorBytes');
  });
});

describe('the package of a site', () => {
  it.each([
    ['file:///app/node_modules/a/node_modules/@b/c/d.js', '@b/c'],
    ['C:\\app\\node_modules\\@b\\c\\d.js', '@b/c'],
    ['file:///app/node_modules/.pnpm/a@1.0.0_b@2.0.0/node_modules/a/lib/x.mjs', 'a'],
    ['file:///app/node_modules', '(program)'],
    ['file:///home/me/app/index.js', '(program)'],
    ['evalmachine.<anonymous>', '(program)'],
    ['node:internal/streams/readable', 'node'],
    ['', '(unknown)'],
  ])('of %s is %s', (url, name) => {
    const [site] = heapProfileTop(profileOf({ url, sizes: [1] }), { by: 'package' }).sites;
    expect(site?.package).toBe(name);
  });

  it('is V8 for what no function called', () => {
    const profile = profileOf(
      { url: '', scriptId: '0', function: '(V8 API)', sizes: [1] },
      { url: '', sizes: [1] },
    );
    const sites = [
      { package: '(native)', file: '', line: 0, function: '(V8 API)' },
      { package: '(unknown)', file: '', line: 0, function: 'make' },
    ];
    expect(heapProfileTop(profile, { by: 'function' }).sites).toMatchObject(sites);
    expect(heapProfileTop(profile).sites.map((site) => site.function)).toEqual([undefined, 'make']);
  });
});
