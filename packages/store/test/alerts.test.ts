import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { alertQuery } from '../src/alerts.js';
import { openStore, type StoredAlert } from '../src/index.js';
import { anAlert } from './documents.js';
import { freshFile } from './folder.js';

const changedAt = '2025-03-05T08:00:00.000Z';

it('an alert is as it was after the file is opened again, unknown fields and odd names included', () => {
  const file = freshFile();
  const alert = { ...anAlert({ branch: 'a\u0000\ud800"b' }), before: -0, later: { version: ['field'] } };
  const store = openStore(file);
  store.reviseAlerts(() => [alert]);
  store.close();
  const again = openStore(file, { readonly: true });
  expect(again.alerts()).toStrictEqual([alert]);
  expect(again.alerts({ branch: alert.branch })).toHaveLength(1);
  expect(again.alerts({ branch: 'a' })).toEqual([]);
  again.close();
});

it('revising gives all alerts and keeps those that are left out', () => {
  using store = openStore(freshFile());
  const first = anAlert();
  const second = anAlert({ id: 'ffff', branch: '' });
  store.reviseAlerts(() => [first]);
  store.reviseAlerts((known) => {
    expect(known).toEqual([first]);
    return [second];
  });
  expect(store.alerts()).toEqual([first, second]);
  expect(store.alerts({ branch: '' })).toEqual([second]);
  store.reviseAlerts(([one]) => [{ ...(one as StoredAlert), state: 'confirmed', changedAt }]);
  expect(store.alerts({ states: ['confirmed', 'resolved'] })).toEqual([
    { ...first, state: 'confirmed', changedAt },
  ]);
});

it('alerts of a branch are found by an index, of no state there are none', () => {
  const file = freshFile();
  using store = openStore(file);
  store.reviseAlerts(() => [anAlert(), anAlert({ id: 'ffff', branch: "it's" })]);
  expect(store.alerts({ branch: "it's", states: ['open', 'confirmed'] }).map(({ id }) => id)).toEqual([
    'ffff',
  ]);
  expect(store.alerts({ branch: "it's", states: ['resolved'] })).toEqual([]);
  expect(store.alerts({ states: [] })).toEqual([]);
  expect(store.alerts({ branch: 'nowhere' })).toEqual([]);
  const database = new Database(file, { readonly: true });
  for (const filter of [{ branch: 'main' }, { branch: 'main', states: ['open', 'confirmed'] }] as const) {
    const { sql, asked } = alertQuery(filter);
    const plan = database.prepare<string[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...asked);
    expect(plan.map(({ detail }) => detail).join()).toContain('INDEX alert_by_branch');
  }
  database.close();
});

it('a revision that throws, or gives something else than an alert, changes nothing', () => {
  using store = openStore(freshFile());
  store.reviseAlerts(() => [anAlert()]);
  expect(() =>
    store.reviseAlerts(() => {
      throw new Error('no');
    }),
  ).toThrow('no');
  const wrong = anAlert({ id: 'new', state: 'gone' as 'open' });
  expect(() => store.reviseAlerts(() => [anAlert({ state: 'resolved' }), wrong])).toThrow(
    expect.objectContaining({ code: 'document/invalid' }),
  );
  expect(store.alerts()).toEqual([anAlert()]);
});

it('a person acknowledges or accepts an alert with a note, by the beginning of its id', () => {
  using store = openStore(freshFile());
  store.reviseAlerts(() => [anAlert(), anAlert({ id: '0123ffff' })]);
  const changed = store.changeAlert('01234', { state: 'acknowledged', note: 'on it', changedAt });
  expect(changed).toEqual({ ...anAlert(), state: 'acknowledged', note: 'on it', changedAt });
  store.changeAlert(anAlert().id, { state: 'accepted', changedAt });
  expect(store.alerts()[0]).toMatchObject({ state: 'accepted', note: 'on it' });
});

it('an unknown, ambiguous or settled alert is refused with the next step', () => {
  using store = openStore(freshFile());
  store.reviseAlerts(() => [
    anAlert(),
    anAlert({ id: '0123ffff' }),
    anAlert({ id: 'done', state: 'resolved' }),
  ]);
  const change = { state: 'acknowledged', changedAt } as const;
  expect(() => store.changeAlert('012', change)).toThrow(
    expect.objectContaining({ code: 'store/unknown-alert', seen: '012' }),
  );
  expect(() => store.changeAlert('0123', change)).toThrow(
    expect.objectContaining({
      code: 'store/ambiguous-alert',
      remedy: expect.stringContaining('"0123ffff"'),
    }),
  );
  expect(() => store.changeAlert('done', change)).toThrow(
    expect.objectContaining({ code: 'store/resolved-alert' }),
  );
  expect(store.changeAlert('0123ffff', change).id).toBe('0123ffff');
});

it('revisions of several processes at once are all kept', async () => {
  const file = freshFile();
  openStore(file).close();
  const fixture = fileURLToPath(new URL('fixtures/reviser.mjs', import.meta.url));
  const children = ['a', 'b', 'c'].map((name) =>
    spawn(process.execPath, [fixture, file, name, '40'], { stdio: 'inherit' }),
  );
  const ends = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(ends.map(([code]) => code as number)).toEqual([0, 0, 0]);
  using store = openStore(file, { readonly: true });
  const [counter, ...others] = store.alerts<StoredAlert & { count: number }>();
  expect(others).toEqual([]);
  expect(counter?.count).toBe(120);
});
