import { readFileSync } from 'node:fs';
import { type Run, runId } from '@perf/schema';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../src/index.js';
import { aHeader, aMeasurement, aRun } from './documents.js';
import { freshFile } from './folder.js';

/** Everything in the tables, whatever the pages look like. */
function contents(file: string): string {
  const database = new Database(file, { readonly: true });
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  const rows = tables.map((table) => database.prepare(`SELECT * FROM "${table}"`).all());
  database.close();
  return JSON.stringify(rows);
}

describe('storing the same again', () => {
  it('changes nothing, neither a whole run nor its parts', () => {
    const file = freshFile();
    const store = openStore(file);
    const run = aRun();
    store.putRun(run);
    const before = contents(file);
    expect(store.putRun(run)).toEqual({ added: false });
    expect(store.importDocument(JSON.parse(JSON.stringify(run)))).toEqual({ run: run.id, added: false });
    expect(store.beginRun(aHeader())).toBe(run.id);
    store.appendMeasurement(run.id, aMeasurement(1));
    expect(contents(file)).toBe(before);
    store.close();
  });

  it('leaves every byte of the database as it is', () => {
    const file = freshFile();
    let store = openStore(file);
    const run = aRun();
    store.putRun(run);
    store.close();
    const before = readFileSync(file);
    store = openStore(file);
    store.putRun(run);
    store.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

describe('a run stored in parts', () => {
  it('equals the run stored at once', () => {
    const store = openStore(freshFile());
    const whole = aRun();
    const id = store.beginRun(aHeader());
    expect(store.getRun(id)).toMatchObject({ status: 'running', measurements: [] });
    for (const measurement of whole.measurements) store.appendMeasurement(id, measurement);
    store.finishRun(id, { status: 'complete', finishedAt: whole.finishedAt as string });
    expect(store.getRun(id)).toStrictEqual(whole);
    expect(store.putRun(whole)).toEqual({ added: false });
    store.close();
  });

  it('gains the measurements that it lacks, in the order of the whole document', () => {
    const store = openStore(freshFile());
    const measurements = [0, 1, 2, 3].map((index) => aMeasurement(index));
    const id = store.beginRun(aHeader());
    store.appendMeasurement(id, measurements[3] as (typeof measurements)[0]);
    store.appendMeasurement(id, measurements[1] as (typeof measurements)[0]);
    const whole = aRun({}, measurements);
    expect(store.putRun(whole)).toEqual({ added: true });
    expect(store.getRun(id)).toStrictEqual(whole);
    store.close();
  });

  it('loses nothing to an older export of itself', () => {
    const store = openStore(freshFile());
    const whole = aRun();
    store.putRun(whole);
    const older: Run = { ...aRun({}, [aMeasurement(0)]), status: 'interrupted', finishedAt: whole.startedAt };
    expect(store.putRun(older)).toEqual({ added: false });
    expect(store.getRun(whole.id)).toStrictEqual(whole);
    store.close();
  });

  it('stays complete when an interrupt comes late', () => {
    const store = openStore(freshFile());
    const whole = aRun();
    store.putRun(whole);
    store.finishRun(whole.id, { status: 'interrupted', finishedAt: '2025-03-04T10:00:00Z' });
    expect(store.getRun(whole.id)).toStrictEqual(whole);
    store.close();
  });

  it('keeps its summaries when a comparison is added later', () => {
    const store = openStore(freshFile());
    const id = store.beginRun(aHeader());
    const finishedAt = '2025-03-04T09:16:00Z';
    const comparison = {
      schema: 'perf/comparison@1' as const,
      variants: { a: { label: 'before' }, b: { label: 'after' } },
      confidence: 0.95,
      comparisons: [],
      incomparable: [],
    };
    store.finishRun(id, { status: 'complete', finishedAt, confidence: 0.9, summaries: [] });
    store.finishRun(id, { status: 'complete', finishedAt, comparison });
    expect(store.getRun(id)).toMatchObject({ confidence: 0.9, summaries: [], comparison });
    store.close();
  });
});

describe('something else under a stored id', () => {
  const conflict = expect.objectContaining({ code: 'store/conflict' });

  it('is refused for a run, and nothing changes', () => {
    const store = openStore(freshFile());
    const run = aRun();
    store.putRun(run);
    expect(() => store.putRun({ ...run, finishedAt: '2030-01-01T00:00:00Z' })).toThrow(conflict);
    expect(() =>
      store.putRun({ ...aRun({ seed: 8 }, [aMeasurement(0), aMeasurement(9)]), id: run.id }),
    ).toThrow(conflict);
    expect(store.getRun(run.id)).toStrictEqual(run);
    store.close();
  });

  it('is refused for a measurement, and nothing changes', () => {
    const store = openStore(freshFile());
    const run = aRun();
    store.putRun(run);
    const forged = { ...aMeasurement(5), id: aMeasurement(0).id };
    expect(() => store.appendMeasurement(run.id, forged)).toThrow(conflict);
    expect(() => store.putRun(aRun({}, [aMeasurement(7), forged]))).toThrow(conflict);
    expect(store.getRun(run.id)).toStrictEqual(run);
    store.close();
  });

  it('is refused inside one document', () => {
    const store = openStore(freshFile());
    expect(() => store.putRun(aRun({}, [aMeasurement(0), aMeasurement(0)]))).toThrow(conflict);
    expect(store.listRuns()).toEqual([]);
    store.close();
  });

  it('is no matter between runs: both keep an equal measurement', () => {
    const store = openStore(freshFile());
    const runs = [aRun(), aRun({ seed: 8 })];
    for (const run of runs) store.putRun(run);
    for (const run of runs) expect(store.getRun(run.id)).toStrictEqual(run);
    store.close();
  });
});

it('an id derives from the header', () => {
  const store = openStore(freshFile());
  expect(store.beginRun(aHeader())).toBe(runId(aHeader()));
  store.close();
});
