import { existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore } from '../src/index.js';
import { aRun, aRunAt } from './documents.js';
import { freshFile } from './folder.js';

function aHistory(): string {
  const file = freshFile();
  const store = openStore(file);
  for (let minute = 0; minute < 5; minute++) store.putRun(aRunAt(minute));
  store.close();
  return file;
}

/** Opens it both ways and expects the error and the same bytes after it. */
function expectRefused(file: string, code: string): void {
  const before = readFileSync(file);
  const wal = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : undefined;
  for (const readonly of [false, true]) {
    expect(() => openStore(file, { readonly })).toThrow(expect.objectContaining({ code, place: { file } }));
  }
  expect(readFileSync(file).equals(before)).toBe(true);
  if (wal !== undefined) expect(readFileSync(`${file}-wal`).equals(wal)).toBe(true);
}

describe('a file that is refused stays as it is:', () => {
  it('text', () => {
    const file = freshFile('notes.txt');
    writeFileSync(file, 'Remember the milk. '.repeat(500));
    expectRefused(file, 'store/not-a-database');
  });

  it('a few bytes', () => {
    const file = freshFile();
    writeFileSync(file, 'SQL');
    expectRefused(file, 'store/not-a-database');
  });

  it('garbage behind the right first bytes', () => {
    const file = freshFile();
    const bytes = Buffer.alloc(8192, 0xa5);
    bytes.write('SQLite format 3\0', 'latin1');
    writeFileSync(file, bytes);
    expectRefused(file, 'store/not-a-database');
  });

  it.each([100, 512, 4096, 5000, 8192])('a history cut after %i bytes', (bytes) => {
    const file = aHistory();
    truncateSync(file, bytes);
    expectRefused(file, 'store/not-a-database');
  });

  it('a history that was cut while its -wal file still has what was committed last', () => {
    const file = aHistory();
    const store = openStore(file);
    store.putRun(aRunAt(50));
    const [main, wal] = [readFileSync(file), readFileSync(`${file}-wal`)];
    store.close();
    for (const size of [0, 4096, 20_480]) {
      const cut = freshFile();
      writeFileSync(cut, main.subarray(0, size));
      writeFileSync(`${cut}-wal`, wal);
      expectRefused(cut, 'store/not-a-database');
    }
  });

  it("another program's database", () => {
    const file = freshFile();
    const database = new Database(file);
    database.exec('CREATE TABLE bookmark (url TEXT)');
    database.close();
    expectRefused(file, 'store/foreign-database');
  });
});

it('a history whose last writer was killed while it tidied the -wal file away is opened', () => {
  const file = aHistory();
  const store = openStore(file);
  const [cut, late] = [freshFile(), aRun({ source: { branch: 'x'.repeat(50_000) } })];
  const { size } = statSync(file);
  store.putRun(late);
  const wal = readFileSync(`${file}-wal`);
  store.close();
  // Page 1 tells the new size already; the pages behind the old end are in the -wal file only.
  writeFileSync(cut, readFileSync(file).subarray(0, size));
  writeFileSync(`${cut}-wal`, wal);
  const opened = openStore(cut);
  expect(opened.getRun(late.id)).toStrictEqual(late);
  expect(opened.listRuns().length).toBe(6);
  opened.close();
});

it('a folder is refused', () => {
  const folder = freshFile();
  mkdirSync(folder);
  expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'store/not-a-database' }));
});

it('a folder that cannot be made is refused', () => {
  const file = freshFile();
  writeFileSync(file, '');
  expect(() => openStore(join(file, 'history.db'))).toThrow(
    expect.objectContaining({ code: 'store/no-access', remedy: expect.any(String) }),
  );
});

it('a name with a NUL character is refused', () => {
  expect(() => openStore(freshFile('a\0b'))).toThrow(expect.objectContaining({ code: 'store/no-access' }));
});

it('an empty file becomes a history', () => {
  const file = freshFile();
  writeFileSync(file, '');
  const store = openStore(file);
  expect(store.listRuns()).toEqual([]);
  store.close();
});

it('pages that were overwritten are found when they are read, and the run can be told', () => {
  const file = aHistory();
  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096);
  writeFileSync(file, bytes);
  expect(() => {
    const store = openStore(file);
    try {
      for (const _ of store.exportDocuments());
    } finally {
      store.close();
    }
  }).toThrow(expect.objectContaining({ code: 'store/damaged' }));
});

it('a body that was altered by hand is told, and the other runs can be read', () => {
  const file = freshFile();
  const store = openStore(file);
  const [good, bad] = [aRunAt(1), aRunAt(2)];
  for (const run of [good, bad]) store.putRun(run);
  const other = new Database(file);
  other.prepare(`UPDATE run SET body = json_set(body, '$.seed', 'seven') WHERE id = ?`).run(bad.id);
  other.close();
  expect(() => store.getRun(bad.id)).toThrow(
    expect.objectContaining({ code: 'store/damaged', seen: bad.id }),
  );
  expect(store.getRun(good.id)).toStrictEqual(good);
  store.close();
});

describe('opened for reading', () => {
  it('a history can be read while another writes, and sees what was committed', () => {
    const file = freshFile();
    const writer = openStore(file);
    const reader = openStore(file, { readonly: true });
    const run = aRun();
    writer.putRun(run);
    expect(reader.getRun(run.id)).toStrictEqual(run);
    expect(reader.points().length).toBe(1);
    reader.close();
    writer.close();
  });

  it('it refuses to write', () => {
    const store = openStore(aHistory(), { readonly: true });
    expect(() => store.putRun(aRunAt(30))).toThrow(expect.objectContaining({ code: 'store/read-only' }));
    store.close();
  });

  it('nothing is created', () => {
    const file = freshFile('none/history.db');
    expect(() => openStore(file, { readonly: true })).toThrow(
      expect.objectContaining({ code: 'store/no-database' }),
    );
    expect(existsSync(file)).toBe(false);
  });
});

it('a closed store says so, and can be closed again', () => {
  const store = openStore(freshFile());
  store.close();
  store.close();
  expect(() => store.listRuns()).toThrow(expect.objectContaining({ code: 'store/closed' }));
});
