import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Census } from '../src/count/census.js';
import { countGrowth, windowOf } from '../src/count/count-growth.js';
import { SnapshotSeries } from '../src/count/snapshot-series.js';
import { courseOf, leastGrowth } from '../src/count/sustained.js';
import { type SnapshotNodes, snapshotNodes } from '../src/snapshot/snapshot-nodes.js';
import type { Subject } from '../src/subject/subject.js';
import { thisProcess } from '../src/subject/this-process.js';

describe('the course of a count', () => {
  it.each([
    ['growing', [10, 10, 90, 10], [10, 10, 90, 10]],
    ['growing', [30, 12, 99, 11], [10, 10, 90, 10]],
    ['ended', [10, 10, 80, 0], [10, 10, 90, 10]],
    ['ended', [10, 10, 90, 2], [10, 10, 90, 10]],
    ['neither', [10, 0, 0, 0], [10, 10, 90, 10]],
    ['neither', [10, 10, 90, 4], [10, 10, 90, 10]],
    ['neither', [0, 0, 0, 0], [10, 10, 90, 10]],
    ['neither', [], []],
  ] as const)('is %s for %j', (course, gains, iterations) => {
    expect(courseOf(gains, iterations, 0.1)).toBe(course);
  });

  it('takes more than stray objects where iterations are few', () => {
    expect(leastGrowth(101, 8)).toEqual({ count: 0.1, bytes: 2048 / 101 });
    expect(leastGrowth(5, 8).count).toBe(0.8);
    expect(leastGrowth(2, 8).count).toBe(1);
    expect([1e6, 1212, 1211, 24, 0].map(windowOf)).toEqual([101, 101, 53, 2, 2]);
  });
});

describe('a census', () => {
  it('sees what containers hold, exactly, and holds on to none of them', async () => {
    const subject = thisProcess(() => undefined);
    onTestFinished(() => subject.close());
    const census = new Census(await subject.inspector(), 0.1);
    const emitter = new EventEmitter().setMaxListeners(0);
    const kept = {
      array: [1],
      map: new Map(),
      set: new Set(),
      object: {} as Record<string, number>,
      target: new EventTarget(),
      emitter,
      full: [1, 2, 3],
    };
    const hostile = new Proxy([], {
      get: () => {
        throw new Error('touched');
      },
    });
    await census.count(0);
    for (let window = 0; window < 3; window += 1) {
      for (let at = 0; at < 100; at += 1) {
        kept.array.push(at);
        kept.map.set(`${window} ${at}`, 1);
        kept.set.add(window * 1000 + at);
        kept.object[`${window} ${at}`] = 1;
        kept.target.addEventListener(`event ${at}`, () => undefined);
        kept.emitter.on('event', () => undefined);
      }
      await census.count(100);
    }
    const found = await census.containers('growing');
    const seen = (of: string, name: string) => found.find((one) => one.of === of && one.name === name);
    expect(seen('entries', 'Map')).toMatchObject({ size: 300, gains: [100, 100, 100] });
    expect(seen('values', 'Set')).toMatchObject({ size: 300, gains: [100, 100, 100] });
    expect(seen('properties', 'Object')).toMatchObject({ size: 300, gains: [100, 100, 100] });
    expect(seen('listeners', 'EventTarget')).toMatchObject({ size: 300 });
    expect(seen('listeners', 'EventEmitter')).toMatchObject({ size: 300 });
    expect(found.find(({ of, size }) => of === 'elements' && size === 301)?.gains).toEqual([100, 100, 100]);
    expect(found.some(({ size }) => size === 3)).toBe(false);
    kept.map.set('one more', 1);
    expect((await census.later('growing')).find(({ of }) => of === 'entries')).toMatchObject({
      size: 301,
      since: 1,
    });
    expect(Array.isArray(hostile)).toBe(true);
    await census.close();
  });
});

describe('a series of snapshots', () => {
  const kinds = ['hidden', 'synthetic', 'object', 'closure'];

  /** Objects of class C by their ids, all on one holder of id 3. */
  function heapOf(ids: readonly number[]): SnapshotNodes {
    return snapshotNodes({
      meta: {
        node_fields: ['type', 'name', 'id', 'self_size', 'edge_count'],
        node_types: [kinds, 'string', 'number', 'number', 'number'],
        edge_fields: ['type', 'name_or_index', 'to_node'],
        edge_types: [['element'], 'string_or_number', 'node'],
      },
      nodes: Uint32Array.from(
        [[1, 0, 1, 0, 1], [2, 1, 3, 16, ids.length], ...ids.map((id) => [2, 2, id, 32, 0])].flat(),
      ),
      edges: Uint32Array.from([[0, 0, 5], ...ids.map((_, at) => [0, at, 10 + 5 * at])].flat()),
      strings: ['', 'Holder', 'C'],
    });
  }

  const range = (from: number, to: number) =>
    Array.from({ length: (to - from) / 2 }, (_, at) => from + 2 * at);

  function findingsOf(heaps: readonly (readonly number[])[]) {
    const series = new SnapshotSeries({ count: 0.1, bytes: 1e6 }, 'root');
    const all = heaps.map((ids, at) => series.add(heapOf(ids), at === 0 ? 0 : 10));
    return { series, last: all[all.length - 1] as ReturnType<SnapshotSeries['add']> };
  }

  it('finds what each window leaves behind, also where others went at the same time', () => {
    const { series, last } = findingsOf([
      range(5, 105),
      // Five of the old ones went, and ten new ones stay.
      range(15, 125),
      range(15, 145),
      range(15, 165),
    ]);
    expect(last.growing).toEqual([{ name: 'C', count: 30, bytes: 960, rates: [32, 32, 32] }]);
    expect(series.culprit({ containers: [], open: [], allow: [], limiting: [] }).path).toEqual([
      '[]: Holder',
      '[]: C',
    ]);
    expect(
      series.culprit({ containers: [], open: [], allow: [{ source: 'Holder', flags: '' }], limiting: [] }),
    ).toMatchObject({
      path: [],
      allowed: [['[]: Holder', '[]: C']],
    });
  });

  it('is not taken in by a full cache, which exchanges as many as it gets', () => {
    const { last } = findingsOf([range(5, 105), range(25, 125), range(45, 145), range(65, 165)]);
    expect(last.growing).toEqual([]);
  });
});

describe('a count that the inspector refuses', () => {
  it('is left out with a warning', async () => {
    const subject: Subject = {
      ...thisProcess(() => undefined),
      inspector: async () => {
        throw new Error('Inspector is not available');
      },
    };
    const limits = { untilMs: Number.POSITIVE_INFINITY, signal: new AbortController().signal };
    const plan = {
      ...limits,
      iterations: 2,
      least: leastGrowth(2, 8),
      running: 'root' as const,
      allow: [],
      whole: false,
    };
    expect(await countGrowth(subject, plan)).toEqual({
      warnings: [
        {
          code: 'leak/no-snapshots',
          message: expect.stringContaining('Inspector is not available') as string,
        },
      ],
    });
  });
});

describe('snapshots of a process that is killed', () => {
  it('do not stay behind', async () => {
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('perfkit-snapshots-'));
    const before = new Set(folders());
    const child = fork(fileURLToPath(new URL('./fixtures/measure.mjs', import.meta.url)), ['strings', '1'], {
      execArgv: [],
      stdio: 'ignore',
    });
    const added = () => folders().filter((name) => !before.has(name));
    await vi.waitFor(() => expect(added()).not.toEqual([]), 20_000);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(added()).toEqual([]), 20_000);
  });
});
