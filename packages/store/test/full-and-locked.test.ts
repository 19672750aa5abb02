import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openStore } from '../src/index.js';
import { openDatabase } from '../src/open-database.js';
import { storeOver } from '../src/store-over.js';
import { aHeader, aMeasurement, aRunAt } from './documents.js';
import { freshFile } from './folder.js';

it('when no room is left nothing stored earlier is lost, and storing goes on when there is room again', () => {
  const file = freshFile();
  const database = openDatabase(file);
  const store = storeOver(database, 'history.db');
  const first = aRunAt(1);
  store.putRun(first);
  const id = store.beginRun(aHeader({ seed: 8 }));
  const pages = database.pragma('page_count', { simple: true }) as number;
  database.pragma(`max_page_count = ${pages + 4}`);

  const finished: string[] = [];
  expect(() => {
    for (let index = 0; index < 100; index++) {
      const artifacts = { log: 'x'.repeat(3000) };
      store.appendMeasurement(id, aMeasurement(index, { artifacts }));
      finished.push(aMeasurement(index, { artifacts }).id);
    }
  }).toThrow(expect.objectContaining({ code: 'store/full', remedy: expect.stringContaining('Free space') }));

  expect(finished.length).toBeGreaterThan(0);
  expect(store.getRun(first.id)).toStrictEqual(first);
  expect(store.getRun(id).measurements.map((one) => one.id)).toEqual(finished);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');

  database.pragma('max_page_count = 1000000');
  store.appendMeasurement(id, aMeasurement(200));
  expect(store.getRun(id).measurements.length).toBe(finished.length + 1);
  store.close();
});

it('a run for which there is no room leaves no part of itself', () => {
  const database = openDatabase(freshFile());
  const store = storeOver(database, 'history.db');
  database.pragma(`max_page_count = ${(database.pragma('page_count', { simple: true }) as number) + 2}`);
  const large = {
    ...aRunAt(1),
    measurements: [0, 1, 2].map((index) => aMeasurement(index, { artifacts: { log: 'x'.repeat(9000) } })),
  };
  expect(() => store.putRun(large)).toThrow(expect.objectContaining({ code: 'store/full' }));
  expect(store.listRuns()).toEqual([]);
  expect(store.points()).toEqual([]);
  store.close();
});

it('a lock that another holds too long is told, and the call can be made again', () => {
  const file = freshFile();
  const store = openStore(file, { busyTimeoutMs: 20 });
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  expect(() => store.putRun(aRunAt(1))).toThrow(expect.objectContaining({ code: 'store/locked' }));
  expect(store.listRuns()).toEqual([]);
  other.exec('COMMIT');
  other.close();
  expect(store.putRun(aRunAt(1))).toEqual({ added: true });
  store.close();
});
