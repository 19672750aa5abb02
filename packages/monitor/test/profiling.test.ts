import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AllocationProfile, type CpuProfile, profileAllocations, profileCpu } from '../src/index.js';
import { TimeByFunction } from '../src/profiling/time-by-function.js';

const fixture = fileURLToPath(new URL('fixtures/profiled.mjs', import.meta.url));
let seen: { cpu: CpuProfile; top: CpuProfile; allocated: AllocationProfile };

beforeAll(() => {
  seen = JSON.parse(execFileSync(process.execPath, [fixture], { encoding: 'utf8' }));
});

describe('profileCpu', () => {
  const hot = (name: string) => {
    const found = seen.cpu.functions.find((candidate) => candidate.function === name);
    if (found === undefined) throw new Error(`${name} was not seen`);
    return found;
  };

  it('gives the helper that does 80 % of the work 80 % of the time, with its file and line', () => {
    expect(seen.cpu.samples).toBeGreaterThan(100);
    expect(seen.cpu.functions[0]).toMatchObject({ function: 'helper', file: fixture, line: 4 });
    expect(hot('helper').self).toBeGreaterThan(0.68);
    expect(hot('helper').self).toBeLessThan(0.92);
    expect(hot('rest')).toMatchObject({ line: 10 });
  });

  it('counts what a function calls in its total, and recursion once', () => {
    expect(hot('work').total).toBeGreaterThan(0.95);
    expect(hot('work').self).toBeLessThan(0.1);
    expect(hot('recursive').total).toBeGreaterThan(0.05);
    expect(hot('recursive').total).toBeLessThan(0.4);
    for (const { self, total } of seen.cpu.functions) {
      expect(total).toBeLessThanOrEqual(1);
      expect(self).toBeLessThanOrEqual(total);
    }
  });

  it('leaves out perfkit itself and the inspector', () => {
    for (const { file } of seen.cpu.functions) {
      expect(file).not.toMatch(/inspector|packages\/monitor\/(dist|src)/);
    }
    expect(seen.cpu.functions.reduce((sum, { self }) => sum + self, 0)).toBeCloseTo(1, 1);
  });

  it('gives as many functions as asked', () => {
    expect(seen.top.functions.map((hottest) => hottest.function)).toEqual(['helper']);
  });

  it('throws what the work throws, and can profile again', async () => {
    const failing = () => Promise.reject(new RangeError('out of luck'));
    await expect(profileCpu(failing)).rejects.toThrow(new RangeError('out of luck'));
    await expect(profileAllocations(failing)).rejects.toThrow(new RangeError('out of luck'));
    expect((await profileCpu(() => undefined)).functions.length).toBeLessThanOrEqual(15);
    expect((await profileAllocations(() => undefined)).bytes).toBeGreaterThanOrEqual(0);
  });

  it('refuses intervals that V8 cannot keep', async () => {
    for (const interval of [0, Number.NaN, Number.POSITIVE_INFINITY]) {
      const refused = { code: 'monitor/option', seen: interval };
      await expect(profileCpu(() => 1, { intervalUs: interval })).rejects.toMatchObject(refused);
      await expect(profileAllocations(() => 1, { intervalBytes: interval })).rejects.toMatchObject(refused);
    }
  });
});

describe('profileAllocations', () => {
  it('gives the bytes that were allocated, also those collected since, to the function that asked for them', () => {
    const [first] = seen.allocated.sites;
    expect(first?.file).toBe(fixture);
    expect(['allocating', '(anonymous)']).toContain(first?.function);
    expect([23, 24]).toContain(first?.line);
    const objects = 2000 * 100 * (12 + 2 * 8);
    expect(seen.allocated.bytes).toBeGreaterThan(objects);
    expect(seen.allocated.bytes).toBeLessThan(objects * 3);
    const shares = seen.allocated.sites.map(({ share }) => share);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 1);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  });
});

describe('time by function', () => {
  const frame = (functionName: string, url = 'file:///app/code.js') => ({
    functionName,
    url,
    lineNumber: 0,
    columnNumber: 0,
  });
  const own = new URL('../src/watch.ts', import.meta.url).href;

  it('leaves idle time out of the shares, keeps the collector, and gives callers of perfkit nothing', () => {
    const time = new TimeByFunction();
    time.add([
      { id: 1, callFrame: frame('(root)', ''), hitCount: 3, children: [2, 3, 4, 5] },
      { id: 2, callFrame: frame('(idle)', ''), hitCount: 50 },
      { id: 3, callFrame: frame('(program)', ''), hitCount: 20 },
      { id: 4, callFrame: frame('(garbage collector)', ''), hitCount: 1 },
      { id: 5, callFrame: frame('start', 'file:///app/bin.js'), children: [6] },
      { id: 6, callFrame: frame('loop', own), hitCount: 7, children: [7] },
      { id: 7, callFrame: frame(''), hitCount: 2, children: [8] },
      { id: 8, callFrame: frame('inner'), hitCount: 1, children: [9] },
      { id: 9, callFrame: frame(''), hitCount: 0 },
    ]);
    expect(time.samples).toBe(4);
    expect(time.top(9)).toEqual([
      { function: '(anonymous)', file: '/app/code.js', line: 1, self: 0.5, total: 0.75 },
      { function: '(garbage collector)', file: '', line: 0, self: 0.25, total: 0.25 },
      { function: 'inner', file: '/app/code.js', line: 1, self: 0.25, total: 0.25 },
    ]);
  });

  it('is empty when nothing was seen', () => {
    const time = new TimeByFunction();
    time.add([]);
    time.add([{ id: 1, callFrame: frame('(root)', ''), children: [2] }]);
    expect(time.top(9)).toEqual([]);
  });
});
