import { describe, expect, it } from 'vitest';
import { openStore } from '../src/index.js';
import { aHeader, aMeasurement, aRun, aRunAt } from './documents.js';
import { freshFile } from './folder.js';

const { environment } = aHeader();

describe('listRuns', () => {
  it('gives the last started first, by time and not by text', () => {
    const store = openStore(freshFile());
    const times = ['2025-01-01T00:00:00Z', '2025-01-01T00:00:00.500Z', '2025-01-01T00:00:00.5001Z'];
    const ids = times.map((startedAt) => store.beginRun(aHeader({ startedAt })));
    expect(store.listRuns().map(({ id }) => id)).toEqual(ids.toReversed());
    expect(store.listRuns({ limit: 1 }).map(({ id }) => id)).toEqual([ids[2]]);
    store.close();
  });

  it('says of each run what is known of it', () => {
    const store = openStore(freshFile());
    const run = aRun();
    store.putRun(run);
    store.beginRun(aHeader({ source: {}, startedAt: '2025-03-04T08:00:00Z' }));
    expect(store.listRuns()).toStrictEqual([
      {
        id: run.id,
        startedAt: run.startedAt,
        finishedAt: run.finishedAt,
        status: 'complete',
        commit: 'c0ffee',
        branch: 'main',
        dirty: false,
        order: 12,
        environment: 'env-a',
        measurements: 2,
      },
      {
        id: expect.any(String),
        startedAt: '2025-03-04T08:00:00Z',
        status: 'running',
        branch: '',
        order: Date.UTC(2025, 2, 4, 8) / 1000,
        environment: 'env-a',
        measurements: 0,
      },
    ]);
    store.close();
  });

  it('keeps to its filter, also for hostile names', () => {
    const store = openStore(freshFile());
    const names = [
      "'; DROP TABLE run; --",
      'a\0b',
      'a\0c',
      '\ud800',
      '\ud801',
      '🐢',
      'x'.repeat(100_000),
      '',
    ];
    for (const branch of names) store.putRun(aRun({ source: { branch } }));
    for (const branch of names) {
      expect(store.listRuns({ branch, environment: 'env-a', status: 'complete' })).toMatchObject([
        { branch },
      ]);
    }
    expect(store.listRuns({ branch: 'a' })).toEqual([]);
    expect(store.listRuns({ environment: 'other' })).toEqual([]);
    expect(store.listRuns({ status: 'running' })).toEqual([]);
    store.close();
  });

  it.each([-1, 0.5, Number.NaN])('refuses %s as a limit', (limit) => {
    const store = openStore(freshFile());
    expect(() => store.listRuns({ limit })).toThrow(expect.objectContaining({ code: 'store/limit' }));
    store.close();
  });
});

describe('points', () => {
  it('come by commit order, then start of the run, then process', () => {
    const store = openStore(freshFile());
    const first = aRunAt(5, { source: { branch: 'main', order: 1, commit: 'a' } });
    const again = aRunAt(9, { source: { branch: 'main', order: 1, commit: 'a', dirty: true } });
    const second = aRunAt(2, { source: { branch: 'main', order: 2, commit: 'b' } });
    for (const run of [second, again, first]) store.putRun(run);
    const [series, ...others] = store.points();
    expect(others).toEqual([]);
    expect(series).toMatchObject({
      probe: { suite: 'cache', name: 'get, hit', kind: 'bench', params: { size: 10 } },
      metric: 'time',
      unit: 'ns',
      better: 'lower',
      environment: 'env-a',
      branch: 'main',
    });
    expect(series?.points.map(({ run, process }) => [run, process])).toEqual(
      [first, again, second].flatMap(({ id }) => [
        [id, 0],
        [id, 1],
      ]),
    );
    expect(series?.points[3]).toStrictEqual({
      run: again.id,
      commit: 'a',
      dirty: true,
      order: 1,
      startedAt: again.startedAt,
      process: 1,
      value: 132.27,
    });
    store.close();
  });

  it('are judged metrics of measurements that went well, and nothing else', () => {
    const store = openStore(freshFile());
    store.putRun(aRun({}, [aMeasurement(0, { status: 'timed-out' }), aMeasurement(1)]));
    expect(store.points().map(({ metric, points }) => [metric, points.length])).toEqual([['time', 1]]);
    store.close();
  });

  it('make a series per probe, environment and branch', () => {
    const store = openStore(freshFile());
    const other = { suite: "'; DROP TABLE point; --", name: 'a\0b', kind: 'load', params: {} };
    store.putRun(aRun({}, [aMeasurement(0), aMeasurement(0, { probe: other })]));
    store.putRun(aRun({ environment: { ...environment, key: 'env-b' } }));
    store.putRun(aRun({ source: { branch: 'topic', order: 12 } }));
    store.putRun(aRun({ source: {} }));
    expect(store.points().length).toBe(5);
    expect(store.points({ suite: other.suite, name: other.name })).toMatchObject([{ probe: other }]);
    expect(store.points({ environment: 'env-b' }).length).toBe(1);
    expect(store.points({ branch: 'topic' }).length).toBe(1);
    expect(store.points({ branch: '' }).length).toBe(1);
    expect(store.points({ metric: 'heap' })).toEqual([]);
    expect(new Set(store.points({ suite: 'cache', environment: 'env-a' }).map(({ key }) => key)).size).toBe(
      1,
    );
    store.close();
  });

  it('are the first of two that one process of a run gave', () => {
    const store = openStore(freshFile());
    const retried = aMeasurement(0, { seed: 8 });
    store.putRun(aRun({}, [aMeasurement(0), retried]));
    expect(store.points()[0]?.points.length).toBe(1);
    store.close();
  });
});

describe('a baseline', () => {
  it('holds for one branch in one environment until another takes its place', () => {
    const store = openStore(freshFile());
    const [first, second] = [aRunAt(1), aRunAt(2)];
    store.putRun(first);
    store.putRun(second);
    const at = { branch: "ma'in", environment: 'env\0a' };
    expect(store.baseline(at)).toBeUndefined();
    store.setBaseline(at, first.id.slice(0, 10));
    store.setBaseline({ ...at, branch: '' }, second.id);
    expect(store.baseline(at)).toBe(first.id);
    expect(store.baseline({ ...at, environment: 'env\0b' })).toBeUndefined();
    store.setBaseline(at, second.id);
    expect(store.baselines()).toStrictEqual([
      { ...at, branch: '', run: second.id },
      { ...at, run: second.id },
    ]);
    expect(store.clearBaseline(at)).toBe(true);
    expect(store.clearBaseline(at)).toBe(false);
    expect(store.baselines().length).toBe(1);
    expect(store.listRuns().length).toBe(2);
    store.close();
  });

  it('is a run that is stored', () => {
    const store = openStore(freshFile());
    expect(() => store.setBaseline({ branch: 'main', environment: 'env-a' }, 'nothing')).toThrow(
      expect.objectContaining({ code: 'store/unknown-run' }),
    );
    expect(store.baselines()).toEqual([]);
    store.close();
  });
});
