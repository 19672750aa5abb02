import type { AdviceFinding, HotFunction, Run } from '@perf/schema';
import { expect, it } from 'vitest';
import { advise } from '../src/index.js';
import { compared, comparisonOf, metric, runOf, times } from './documents.js';

const hot = (name: string, file: string, self: number, total = self, line = 10): HotFunction => ({
  function: name,
  file,
  line,
  self,
  total,
});

/** Two processes of seven are profiled, as in a run. */
function profiled(functions: readonly HotFunction[], more: Partial<Run> & { variant?: string } = {}): Run {
  return runOf(
    times(7, (index) => ({
      metrics: [metric('time', 'ns', 1000 + index)],
      ...(index < 2 && { artifacts: { hotFunctions: [...functions] } }),
    })),
    more,
  );
}

const slower = comparisonOf([compared({ ratio: 5, verdict: 'regressed' })]);
const regressed = (functions: readonly HotFunction[]) => profiled(functions, { comparison: slower });

function only(run: Run, baseline?: Run): AdviceFinding {
  const { findings } = advise(run, baseline === undefined ? {} : { baseline });
  expect(findings).toHaveLength(1);
  return findings[0] as AdviceFinding;
}

it('a critical regression names the function whose share times time grew most, not the one with the greatest share', () => {
  // parse: 800 of 1000 ns before, 2000 of 5000 ns after; normalise: from 50 to 2900 ns.
  const before = profiled([hot('parse', '/a/src/parse.ts', 0.8), hot('normalise', '/a/src/text.ts', 0.05)], {
    variant: 'a',
  });
  const after = regressed([
    hot('parse', '/b/src/parse.ts', 0.4),
    hot('normalise', '/b/src/text.ts', 0.58, 0.58, 33),
  ]);
  const finding = only(after, before);
  expect(finding).toMatchObject({
    rule: 'regression',
    severity: 'critical',
    metric: 'time',
    unit: 'ratio',
    observed: { estimate: 5, low: 4.75, high: 5.25 },
    place: { file: '/b/src/text.ts', line: 33, function: 'normalise' },
    saving: { estimate: 0.8 },
  });
  expect(finding.detail).toContain('"normalise" itself accounts for 71.3 % of the growth');
  expect(finding.evidence.slice(1)).toEqual([
    ...after.measurements.slice(0, 2).map(({ id }) => id),
    ...before.measurements.slice(0, 2).map(({ id }) => id),
  ]);
});

it('without a profile of the baseline it names the function with the greatest share and claims no growth', () => {
  const finding = only(regressed([hot('sort', '/a/sort.ts', 0.6), hot('main', '/a/main.ts', 0.1, 1)]));
  expect(finding.place?.function).toBe('sort');
  expect(finding.detail).toContain('holds 60 % of it now; the baseline has no profile');
});

it('where Node.js or a package spends the time, it names the deepest of the user’s functions that leads there', () => {
  const hash = '/a/node_modules/bcryptjs/index.js';
  for (const worker of [hot('pbkdf2Sync', 'node:internal/crypto/pbkdf2', 0.9), hot('hash', hash, 0.9)]) {
    const finding = only(
      regressed([
        worker,
        hot('handler', '/a/handler.ts', 0.01, 1),
        hot('checkPassword', '/a/password.ts', 0.02, 0.95),
        hot('log', '/a/log.ts', 0.03, 0.04),
      ]),
    );
    expect(finding.place?.function).toBe('checkPassword');
    expect(finding.detail).toContain('with what it calls');
  }
});

it('it names the callee, not the probe that calls it, also when chance gave the probe as many samples', () => {
  const native = hot('all', '', 0.9);
  const before = profiled(
    [
      native,
      hot('tasksOf', '/a/src/database.ts', 0.1, 1),
      hot('(anonymous)', '/a/perf/database.perf.ts', 0, 1),
    ],
    { variant: 'a' },
  );
  for (const total of [0.98, 1]) {
    const after = regressed([
      native,
      hot('(anonymous)', '/a/perf/database.perf.ts', 0.02, 1),
      hot('tasksOf', '/a/src/database.ts', 0.02, total),
    ]);
    expect(only(after, before).place?.function).toBe('tasksOf');
  }
});

it('a package is named as such where no code of the user’s own shows', () => {
  const finding = only(regressed([hot('hash', 'file:///a/node_modules/bcryptjs/index.js', 0.9)]));
  expect(finding.place?.file).toBe('file:///a/node_modules/bcryptjs/index.js');
  expect(finding.detail).toContain('of the package "bcryptjs"');
});

it.each([
  ['internals of Node.js', 'node:internal/fs'],
  ['native code', ''],
  ['WebAssembly', 'wasm://wasm/0123'],
  ['perfkit itself', '/a/node_modules/@perf/bench/dist/index.js'],
  ['a URL that is none', 'file://%zz/'],
])('it never names %s', (_what, file) => {
  const finding = only(regressed([hot('f', file, 0.9)]));
  expect(finding.place).toBeUndefined();
  expect(finding.evidence).toHaveLength(1);
});

it('it names no place where the time is spread over many', () => {
  const many = Array.from({ length: 20 }, (_, index) => hot(`f${index}`, `/a/f${index}.ts`, 0.05));
  expect(only(regressed(many)).place).toBeUndefined();
});

it('a regression of the heap is placed by allocation sites', () => {
  const site = (bytes: number, variant: string) => ({
    function: 'copy',
    file: `/${variant}/copy.ts`,
    line: 5,
    bytesPerOperation: bytes,
    share: 0.2,
  });
  const parts = (bytes: number, variant: string) =>
    times(7, (index) => (index < 2 ? { artifacts: { allocationSites: [site(bytes, variant)] } } : {}));
  const row = compared({ ratio: 2, verdict: 'regressed', metric: 'heap', unit: 'bytes' });
  const after = runOf(parts(1100, 'b'), { comparison: comparisonOf([row]) });
  const finding = only(after, runOf(parts(100, 'a'), { variant: 'a' }));
  expect(finding).toMatchObject({
    severity: 'moderate',
    metric: 'heap',
    place: { file: '/b/copy.ts', line: 5 },
  });
  expect(finding.detail).toContain('accounts for 100 % of the growth');
});

it('a fall of throughput is a regression too, without a place that no profile can give', () => {
  const row = compared({
    ratio: 0.5,
    verdict: 'regressed',
    metric: 'throughput',
    unit: '1/s',
    better: 'higher',
  });
  const finding = only(profiled([hot('f', '/a/f.ts', 0.9)], { comparison: comparisonOf([row]) }));
  expect(finding).toMatchObject({ severity: 'moderate', observed: { estimate: 0.5 } });
  expect(finding.place).toBeUndefined();
  expect(finding.saving).toBeUndefined();
});

it('improved and equivalent are no findings', () => {
  const rows = (['improved', 'equivalent'] as const).map((verdict) => compared({ ratio: 0.9, verdict }));
  expect(advise(profiled([], { comparison: comparisonOf(rows) })).findings).toEqual([]);
});
