import { execFileSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ProbeProfiles, TakenProfile } from '@perf/schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { bench } from '../src/index.js';
import { context } from './context.js';

const fixture = fileURLToPath(new URL('fixtures/profiled.mjs', import.meta.url));

interface CallFrame {
  readonly functionName: string;
  readonly scriptId: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}
interface CpuNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly hitCount: number;
  readonly children?: readonly number[];
}
interface HeapNode {
  readonly id: number;
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly children: readonly HeapNode[];
}

const frame = {
  functionName: expect.any(String),
  scriptId: expect.any(String),
  url: expect.any(String),
  lineNumber: expect.any(Number),
  columnNumber: expect.any(Number),
};

function taken<Profile>(profile: ProbeProfiles['cpu']): TakenProfile & { profile: Profile } {
  if ('unavailable' in profile) throw new Error(profile.unavailable);
  return profile as TakenProfile & { profile: Profile };
}

function allOf(node: HeapNode): HeapNode[] {
  return [node, ...node.children.flatMap(allOf)];
}

describe('the profiles of a benchmark', () => {
  let profiles: ProbeProfiles;
  beforeAll(() => {
    const printed = execFileSync(process.execPath, [fixture, 'profile'], { encoding: 'utf8' });
    profiles = JSON.parse(printed) as ProbeProfiles;
  }, 60_000);

  it('hold for the CPU what Chrome DevTools and speedscope read: a tree of nodes, and samples in it over time', () => {
    const { profile, samples, interval } = taken<{
      nodes: CpuNode[];
      startTime: number;
      endTime: number;
      samples: number[];
      timeDeltas: number[];
    }>(profiles.cpu);
    const { nodes, startTime, endTime } = profile;
    expect(interval).toBe(1_000_000);
    expect(nodes[0]?.callFrame.functionName).toBe('(root)');
    const ids = new Set(nodes.map(({ id }) => id));
    expect(ids.size).toBe(nodes.length);
    for (const node of nodes) {
      expect(node).toMatchObject({ callFrame: frame, hitCount: expect.any(Number) });
    }
    const children = nodes.flatMap((node) => node.children ?? []);
    expect(new Set(children).size).toBe(nodes.length - 1);
    expect(children.every((id) => ids.has(id))).toBe(true);
    expect(profile.samples.every((id) => ids.has(id))).toBe(true);
    expect(profile.timeDeltas).toHaveLength(profile.samples.length);
    expect(samples).toBe(profile.samples.length);
    const last = startTime + profile.timeDeltas.reduce((sum, delta) => sum + delta, 0);
    expect(last).toBeGreaterThan(startTime);
    expect(last).toBeLessThanOrEqual(endTime);
    expect(nodes.reduce((sum, { hitCount }) => sum + hitCount, 0)).toBeLessThanOrEqual(samples);
  });

  it('name the function that takes the time, with its file and line', () => {
    const { nodes } = taken<{ nodes: CpuNode[] }>(profiles.cpu).profile;
    const hottest = nodes.toSorted((a, b) => b.hitCount - a.hitCount)[0];
    expect(hottest?.callFrame).toMatchObject({
      functionName: 'helper',
      url: pathToFileURL(fixture).href,
      lineNumber: 3,
    });
  });

  it('hold for the heap a tree of bytes and its samples, and name the function that allocates', () => {
    const { profile, samples, interval } = taken<{
      head: HeapNode;
      samples: { size: number; nodeId: number; ordinal: number }[];
    }>(profiles.heap);
    const nodes = allOf(profile.head);
    const ids = new Set(nodes.map(({ id }) => id));
    for (const node of nodes) {
      expect(node).toMatchObject({ id: expect.any(Number), callFrame: frame, selfSize: expect.any(Number) });
    }
    expect(profile.samples).toHaveLength(samples);
    expect(profile.samples.every(({ nodeId, size }) => ids.has(nodeId) && size > 0)).toBe(true);
    expect(Math.log2(interval) % 1).toBe(0);
    const site = nodes.find(({ callFrame }) => callFrame.functionName === 'list');
    expect(site?.callFrame).toMatchObject({ url: pathToFileURL(fixture).href, lineNumber: 15 });
    const bytes = (within: HeapNode) => allOf(within).reduce((sum, { selfSize }) => sum + selfSize, 0);
    expect(bytes(site as HeapNode)).toBeGreaterThan(0.8 * bytes(profile.head));
  });

  it('say what each profiler cost, with an interval, and what not inlining did', () => {
    for (const part of ['cpu', 'heap'] as const) {
      const { overhead } = taken(profiles[part]);
      expect(overhead).toMatchObject({ of: 'cpu', pairs: expect.any(Number) });
      if ('unavailable' in overhead) throw new Error(overhead.unavailable);
      expect(overhead.pairs).toBeGreaterThanOrEqual(6);
      expect(overhead.confidence).toBeGreaterThan(0.95);
      expect(overhead.low).toBeLessThanOrEqual(overhead.estimate);
      expect(overhead.high).toBeGreaterThanOrEqual(overhead.estimate);
      expect(overhead.low).toBeGreaterThan(-1);
    }
    expect(profiles.apart).toBeGreaterThan(0);
  });
});

describe('profiling a benchmark', () => {
  it('has no heap profile of what allocates nothing', async () => {
    let count = 0;
    const profiles = await bench(() => {
      count = (count + 1) | 0;
    }).profile?.(context());
    expect(profiles?.heap).toEqual({ unavailable: 'It allocates nothing on the heap of V8.' });
    expect(profiles?.cpu).toHaveProperty('profile');
  });

  it('holds waiting against the clock, calls a slow function few times, and says that pairs would take too long', async () => {
    let calls = 0;
    const slow = () => {
      calls += 1;
      return new Promise((resolve) => setTimeout(resolve, 250, [calls]));
    };
    const profiles = await bench(slow).profile?.({
      ...context(),
      budget: { timeMs: 30, warmupMs: 10, share: 1 },
    });
    expect(calls).toBeLessThan(40);
    expect(profiles?.cpu).toMatchObject({
      overhead: { unavailable: expect.stringContaining('too long for pairs') },
    });
  });

  it('rejects with what the function throws under the profilers, and clears up', async () => {
    let tornDown = 0;
    let calls = 0;
    const failing = bench(
      () => {
        calls += 1;
        if (calls > 2000) throw new RangeError('out of luck');
      },
      {
        setup: () => 1,
        teardown: () => {
          tornDown += 1;
        },
      },
    );
    await expect(failing.profile?.(context())).rejects.toThrow(new RangeError('out of luck'));
    expect(tornDown).toBe(1);
  });
});
