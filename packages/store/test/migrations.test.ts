import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { openStore } from '../src/index.js';
import { type Migration, migrate } from '../src/migrate.js';
import { migrations } from '../src/migrations/list.js';
import { openDatabase } from '../src/open-database.js';
import { storeOver } from '../src/store-over.js';
import { anAlert, aRun } from './documents.js';
import { freshFile } from './folder.js';

const released = migrations.length;

const later: Migration = {
  version: released + 1,
  up: (database) => {
    database.exec("ALTER TABLE run ADD COLUMN note TEXT NOT NULL DEFAULT 'none'");
  },
};

function oldHistory(): { file: string; run: ReturnType<typeof aRun> } {
  const file = freshFile();
  const store = openStore(file);
  const run = aRun();
  store.putRun(run);
  store.close();
  return { file, run };
}

function version(file: string): unknown {
  const database = new Database(file, { readonly: true });
  const found = database.pragma('user_version', { simple: true });
  database.close();
  return found;
}

it('every released migration makes the version of its place in the list', () => {
  expect(migrations.map((step) => step.version)).toEqual(migrations.map((_, index) => index + 1));
});

it('a new database is migrated without a backup', () => {
  const file = freshFile('deep/er/history.db');
  openStore(file).close();
  expect(readdirSync(dirname(file))).toEqual(['history.db']);
  expect(version(file)).toBe(migrations.length);
});

it('an old database is copied, then migrated', () => {
  const { file, run } = oldHistory();
  const database = openDatabase(file, {}, [...migrations, later]);
  expect(database.prepare('SELECT note FROM run').pluck().get()).toBe('none');
  const store = storeOver(database, 'history.db');
  expect(store.getRun(run.id)).toStrictEqual(run);
  store.close();
  expect(version(file)).toBe(released + 1);

  const copy = openStore(`${file}.v${released}.backup`, { readonly: true });
  expect(copy.getRun(run.id)).toStrictEqual(run);
  copy.close();
});

it('a backup that is there is never written over', () => {
  const { file } = oldHistory();
  writeFileSync(`${file}.v${released}.backup`, 'precious');
  openDatabase(file, {}, [...migrations, later]).close();
  expect(readFileSync(`${file}.v${released}.backup`, 'utf8')).toBe('precious');
  expect(version(`${file}.v${released}.backup.2`)).toBe(released);
});

it('the backup has what was committed last, also if that is only in the -wal file yet', () => {
  const { file } = oldHistory();
  const other = openStore(file);
  const late = aRun({ seed: 99 });
  other.putRun(late);
  openDatabase(file, {}, [...migrations, later]).close();
  const copy = openStore(`${file}.v${released}.backup`, { readonly: true });
  expect(copy.getRun(late.id)).toStrictEqual(late);
  copy.close();
  other.close();
});

it('a step that fails leaves the database as it was, all earlier steps undone', () => {
  const { file, run } = oldHistory();
  const failing: Migration = {
    version: released + 2,
    up: (database) => {
      database.exec('DELETE FROM point; DROP TABLE sample;');
      throw new Error('out of ideas');
    },
  };
  expect(() => openDatabase(file, {}, [...migrations, later, failing])).toThrow(
    expect.objectContaining({
      code: 'store/migration-failed',
      message: expect.stringContaining('out of ideas'),
      remedy: expect.stringContaining(`${file}.v${released}.backup`),
    }),
  );
  expect(version(file)).toBe(released);
  const store = openStore(file);
  expect(store.getRun(run.id)).toStrictEqual(run);
  expect(store.points().length).toBe(1);
  store.close();
});

it('a step that leaves rows referring to nothing fails', () => {
  const { file, run } = oldHistory();
  const careless: Migration = {
    version: released + 1,
    up: (database) => {
      database.exec('DELETE FROM run');
    },
  };
  expect(() => openDatabase(file, {}, [...migrations, careless])).toThrow(
    expect.objectContaining({ code: 'store/migration-failed' }),
  );
  const store = openStore(file);
  expect(store.getRun(run.id)).toStrictEqual(run);
  store.close();
});

it('another process waits for the one that migrates', () => {
  const { file } = oldHistory();
  const steps: Migration[] = [...migrations, later];
  steps[released] = {
    version: released + 1,
    up: (database) => {
      expect(() => openDatabase(file, { busyTimeoutMs: 30 }, steps)).toThrow(
        expect.objectContaining({ code: 'store/locked' }),
      );
      later.up(database);
    },
  };
  openDatabase(file, {}, steps).close();
  expect(version(file)).toBe(released + 1);
});

it('a process that finds the migration done when it gets the lock does nothing', () => {
  const { file } = oldHistory();
  const steps = [...migrations, later];
  const late = new Database(file);
  const pragma = late.pragma.bind(late);
  late.pragma = (source, options) => {
    // The last thing before the lock, after the version was read: here the other process is faster.
    if (source === 'foreign_keys = OFF') openDatabase(file, {}, steps).close();
    return pragma(source, options);
  };
  migrate(late, file, steps);
  late.close();
  expect(version(file)).toBe(released + 1);
  expect(existsSync(`${file}.v${released}.backup`)).toBe(true);
  expect(readdirSync(dirname(file)).filter((name) => name.includes(`v${released + 1}`))).toEqual([]);
});

it('a database from a newer perfkit is refused and left as it is', () => {
  const { file } = oldHistory();
  openDatabase(file, {}, [...migrations, later]).close();
  const before = readFileSync(file);
  for (const readonly of [true, false]) {
    expect(() => openStore(file, { readonly })).toThrow(
      expect.objectContaining({ code: 'store/newer-database', seen: released + 1, place: { file } }),
    );
  }
  expect(readFileSync(file).equals(before)).toBe(true);
});

it('an old database is not migrated when it is opened for reading', () => {
  const { file } = oldHistory();
  expect(() => openDatabase(file, { readonly: true }, [...migrations, later])).toThrow(
    expect.objectContaining({ code: 'store/older-database' }),
  );
  expect(version(file)).toBe(released);
});

it('a history of before there were alerts keeps its runs and takes alerts', () => {
  const file = freshFile();
  const old = openDatabase(file, {}, migrations.slice(0, 1));
  old.exec("INSERT INTO branch (name) VALUES ('main')");
  old.close();
  expect(version(file)).toBe(1);
  const store = openStore(file);
  expect(store.alerts()).toEqual([]);
  store.putRun(aRun());
  expect(store.reviseAlerts(() => [anAlert()])).toEqual([anAlert()]);
  store.close();
  expect(version(file)).toBe(released);
});
