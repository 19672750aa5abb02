import { Session } from 'node:inspector/promises';
import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type HeapProfile, heapProfileTop, profileHeap, startHeapProfiler } from '../src/index.js';

type Make = (count: number) => unknown[];

/** A function `make` from a file of that name for the engine; it begins on line 2. An array of its takes 848 bytes. */
function makerAt(filename: string): Make {
  const code =
    '(\nfunction make(count) { return Array.from({ length: count }, () => new Array(100).fill(0.5)); })';
  return runInThisContext(code, { filename }) as Make;
}

const ARRAY_BYTES = 848;
const COUNT = 20_000;
const fine = { intervalBytes: 4096 };

function bytesAt(profile: HeapProfile, file: string): number {
  return heapProfileTop(profile, { limit: 1000 })
    .sites.filter((site) => site.file === file)
    .reduce((sum, { bytes }) => sum + bytes, 0);
}

describe('a heap profile', () => {
  it('counts what is still there, and with it what the work returns', async () => {
    const [keep, drop] = [makerAt('/app/keep.js'), makerAt('/app/drop.js')];
    const profile = await profileHeap(async () => {
      drop(COUNT);
      await Promise.resolve();
      return keep(COUNT);
    }, fine);
    const kept = bytesAt(profile, '/app/keep.js') / (COUNT * ARRAY_BYTES);
    expect(kept).toBeGreaterThan(0.9);
    expect(kept).toBeLessThan(1.1);
    expect(bytesAt(profile, '/app/drop.js')).toBeLessThan(0.1 * COUNT * ARRAY_BYTES);
  });

  it('counts everything that was allocated when asked to', async () => {
    const drop = makerAt('/app/drop.js');
    const work = () => {
      for (let round = 0; round < 5; round += 1) drop(COUNT);
    };
    const profile = await profileHeap(work, { ...fine, counts: 'allocated' });
    expect(bytesAt(profile, '/app/drop.js')).toBeGreaterThan(0.9 * 5 * COUNT * ARRAY_BYTES);
    expect(bytesAt(await profileHeap(work, fine), '/app/drop.js')).toBeLessThan(COUNT * ARRAY_BYTES);
  });

  it('has a sample every so many bytes as it is told', async () => {
    const keep = makerAt('/app/keep.js');
    const samples: number[] = [];
    for (const intervalBytes of [8192, undefined]) {
      const options = intervalBytes === undefined ? {} : { intervalBytes };
      samples.push((await profileHeap(() => keep(COUNT), options)).samples.length);
    }
    // Objects of 848 bytes: close to one sample per interval.
    expect(samples[0]).toBeGreaterThan(0.8 * ((COUNT * ARRAY_BYTES) / 8192));
    expect(samples[1]).toBeLessThan(1.2 * ((COUNT * ARRAY_BYTES) / 32_768));
    expect(samples[1]).toBeGreaterThan(0.8 * ((COUNT * ARRAY_BYTES) / 32_768));
  });

  it('can be taken several times while the work goes on', async () => {
    const keep = makerAt('/app/keep.js');
    const profiler = await startHeapProfiler(fine);
    const kept = [keep(COUNT)];
    const before = await profiler.snapshot();
    kept.push(keep(COUNT));
    const after = await profiler.snapshot();
    kept.length = 0;
    const end = await profiler.snapshot();
    profiler.stop();
    const grown = bytesAt(after, '/app/keep.js') - bytesAt(before, '/app/keep.js');
    expect(grown).toBeGreaterThan(0.9 * COUNT * ARRAY_BYTES);
    expect(bytesAt(end, '/app/keep.js')).toBeLessThan(0.1 * COUNT * ARRAY_BYTES);
  });
});

describe('the top of a heap profile', () => {
  it('tells line, function and npm package, with the line at which the function begins', async () => {
    const make = makerAt('/app/node_modules/.pnpm/padder@1.0.0/node_modules/@scope/padder/index.js');
    const own = makerAt('file:///app/src/own.js');
    const profile = await profileHeap(() => [make(COUNT), own(COUNT / 2)], fine);
    const [line, second] = heapProfileTop(profile).sites;
    expect(line).toMatchObject({ package: '@scope/padder', line: 2 });
    expect(line?.file).toMatch(/padder\/index\.js$/);
    expect(second).toMatchObject({ package: '(program)', file: '/app/src/own.js', line: 2 });
    // The arrow function and `make` begin on one line: two functions, one line.
    const functions = heapProfileTop(profile, { by: 'function', limit: 1000 }).sites;
    const inPackage = functions.filter((site) => site.package === '@scope/padder');
    expect(inPackage.map((site) => site.function)).toContain('(anonymous)');
    expect(inPackage.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(line?.bytes);
    const { sites, bytes } = heapProfileTop(profile, { by: 'package', limit: 1000 });
    expect(sites[0]).toEqual(expect.not.objectContaining({ file: expect.anything() as unknown }));
    expect(sites.slice(0, 2).map((site) => site.package)).toEqual(['@scope/padder', '(program)']);
    expect(sites.reduce((sum, site) => sum + site.share, 0)).toBeCloseTo(1);
    expect(sites.reduce((sum, site) => sum + site.bytes, 0)).toBe(bytes);
    expect(heapProfileTop(profile, { by: 'package', limit: 1 }).sites).toEqual(sites.slice(0, 1));
  });

  it("leaves perfkit's own out, and counts Node.js's for itself", async () => {
    const ours = makerAt('/app/node_modules/@perf/runner/dist/child.js');
    const profile = await profileHeap(
      () => [ours(COUNT), Array.from({ length: COUNT }, () => new URLSearchParams('a=1&b=2&c=3'))],
      fine,
    );
    expect(bytesAt(profile, '/app/node_modules/@perf/runner/dist/child.js')).toBe(0);
    const packages = heapProfileTop(profile, { by: 'package' }).sites.map((site) => site.package);
    expect(packages).not.toContain('@perf/runner');
    expect(packages).toContain('node');
  });

  it('counts functions of which V8 knows no file for themselves, not for their callers', async () => {
    const keep = runInThisContext(
      `new Function('return Array.from({ length: ${COUNT} }, () => [0.5, 1.5])')`,
    ) as () => void;
    const profile = await profileHeap(() => keep(), fine);
    const [first] = heapProfileTop(profile, { by: 'package' }).sites;
    expect(first?.package).toBe('(unknown)');
    expect(heapProfileTop(profile).sites[0]).toMatchObject({
      package: '(unknown)',
      file: '',
      line: 0,
      function: '(anonymous)',
    });
  });

  it('says how far off it may be: two standard errors hold the truth in most of many profiles', async () => {
    const keep = makerAt('/app/keep.js');
    const count = 2000;
    keep(count);
    let held = 0;
    const rounds = 40;
    for (let round = 0; round < rounds; round += 1) {
      const profile = await profileHeap(() => keep(count), { intervalBytes: 16_384 });
      const [site] = heapProfileTop(profile, { limit: 1000 }).sites.filter(
        ({ file }) => file === '/app/keep.js',
      );
      const { bytes = 0, errorBytes = 0, samples = 0 } = site ?? {};
      expect(errorBytes).toBeGreaterThan(0.9 * (bytes / Math.sqrt(samples)));
      if (Math.abs(bytes - count * ARRAY_BYTES) <= 2 * errorBytes) held += 1;
    }
    expect(held / rounds).toBeGreaterThan(0.8);
  });

  it('of nothing is empty', async () => {
    const profile = await profileHeap(() => undefined, { intervalBytes: Number.MAX_SAFE_INTEGER });
    expect(heapProfileTop(profile)).toEqual({ by: 'line', bytes: 0, samples: 0, sites: [] });
  });
});

describe('the heap profiler', () => {
  it('ends with the work, also when that throws', async () => {
    await expect(profileHeap(() => JSON.parse('{'))).rejects.toThrow(SyntaxError);
    const other = new Session();
    other.connect();
    await expect(other.post('HeapProfiler.getSamplingProfile')).rejects.toThrow('not started');
    other.disconnect();
  });

  it('refuses a second one, and what it cannot do', async () => {
    const refusal = (code: string) => expect.objectContaining({ code, remedy: expect.any(String) as string });
    await expect(profileHeap(() => profileHeap(() => 1))).rejects.toThrow(refusal('leak/inspector'));
    await expect(profileHeap(() => 1)).resolves.toHaveProperty('head');
    const profiler = await startHeapProfiler();
    profiler.stop();
    profiler.stop();
    await expect(profiler.snapshot()).rejects.toThrow(refusal('leak/inspector'));
    // @ts-expect-error not a function
    await expect(profileHeap(1)).rejects.toThrow(refusal('leak/not-a-function'));
    // @ts-expect-error no such choice
    await expect(profileHeap(() => 1, { counts: 'some' })).rejects.toThrow(refusal('leak/option'));
    for (const intervalBytes of [0, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(profileHeap(() => 1, { intervalBytes })).rejects.toThrow(refusal('leak/option'));
    }
    const profile = await profileHeap(() => 1);
    // @ts-expect-error no such key
    expect(() => heapProfileTop(profile, { by: 'moon' })).toThrow(refusal('leak/option'));
    expect(() => heapProfileTop(profile, { limit: 0 })).toThrow(refusal('leak/option'));
  });

  it('says so when another profiler of the process ended it', async () => {
    const other = new Session();
    other.connect();
    const run = () => other.post('HeapProfiler.stopSampling');
    await expect(profileHeap(run)).rejects.toThrow(expect.objectContaining({ code: 'leak/inspector' }));
    other.disconnect();
  });
});
