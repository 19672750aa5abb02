import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TaskDatabase, type TaskRow } from '../src/database.ts';

const row = (id: number, more: Partial<TaskRow> = {}): TaskRow => ({
  id,
  agentId: 'ada',
  title: `task ${id}`,
  status: 'queued',
  priority: 1,
  durationMs: null,
  ...more,
});

describe('TaskDatabase', () => {
  let db: TaskDatabase;
  beforeEach(() => {
    db = new TaskDatabase();
    db.addAgent('ada', 'developer');
    db.addAgent('bob', 'reviewer');
  });
  afterEach(() => db.close());

  it('gives a task back as it was saved', () => {
    db.saveTasks([row(1, { status: 'done', durationMs: 250 })]);
    expect(db.task(1)).toEqual(row(1, { status: 'done', durationMs: 250 }));
    expect(db.task(2)).toBeUndefined();
  });

  it('replaces a task that is saved again', () => {
    db.saveTasks([row(1)]);
    db.saveTasks([row(1, { agentId: 'bob', status: 'running' })]);
    expect(db.page(0, 10)).toEqual([row(1, { agentId: 'bob', status: 'running' })]);
  });

  it('saves all tasks or none', () => {
    expect(() => db.saveTasks([row(1), row(2, { agentId: 'nobody' })])).toThrow('FOREIGN KEY');
    expect(db.page(0, 10)).toEqual([]);
  });

  it("lists an agent's tasks of one status, the most urgent first", () => {
    db.saveTasks([
      row(1, { priority: 1 }),
      row(2, { priority: 9 }),
      row(3, { priority: 9 }),
      row(4, { priority: 10, status: 'done' }),
      row(5, { priority: 10, agentId: 'bob' }),
    ]);
    expect(db.tasksOf('ada', 'queued', 10).map(({ id }) => id)).toEqual([2, 3, 1]);
    expect(db.tasksOf('ada', 'queued', 2).map(({ id }) => id)).toEqual([2, 3]);
  });

  it('gives every task once when it is read page by page', () => {
    db.saveTasks([5, 1, 4, 2, 3].map((id) => row(id)));
    const pages = [db.page(0, 2), db.page(2, 2), db.page(4, 2), db.page(5, 2)];
    expect(pages.map((page) => page.map(({ id }) => id))).toEqual([[1, 2], [3, 4], [5], []]);
  });

  it("sums up each agent's tasks", () => {
    db.saveTasks([
      row(1, { status: 'done', durationMs: 100 }),
      row(2, { status: 'failed', durationMs: 200 }),
      row(3),
      row(4, { agentId: 'bob' }),
    ]);
    expect(db.summary()).toEqual([
      { agentId: 'ada', tasks: 3, done: 1, failed: 1, meanDurationMs: 150 },
      { agentId: 'bob', tasks: 1, done: 0, failed: 0, meanDurationMs: null },
    ]);
  });

  it('keeps the newest events and forgets the rest', () => {
    db.saveTasks([row(1), row(2)]);
    const event = (taskId: number, atMs: number) => ({ taskId, kind: 'progress', atMs });
    db.record([event(1, 1), event(1, 2), event(2, 3)], 10);
    expect(db.eventsOf(1)).toEqual([event(1, 1), event(1, 2)]);
    db.record([event(1, 4), event(1, 5)], 3);
    expect([db.eventsOf(1), db.eventsOf(2)]).toEqual([[event(1, 4), event(1, 5)], [event(2, 3)]]);
  });

  it('records all events or none', () => {
    db.saveTasks([row(1)]);
    const events = [1, 99].map((taskId) => ({ taskId, kind: 'progress', atMs: 1 }));
    expect(() => db.record(events, 10)).toThrow('FOREIGN KEY');
    expect(db.eventsOf(1)).toEqual([]);
  });
});

describe('a database in a file', () => {
  it('holds its tasks when it is opened again', () => {
    const folder = mkdtempSync(join(tmpdir(), 'example-services-'));
    try {
      const first = new TaskDatabase(join(folder, 'tasks.db'));
      first.addAgent('ada', 'developer');
      first.saveTasks([row(1)]);
      first.close();
      const second = new TaskDatabase(join(folder, 'tasks.db'));
      expect(second.task(1)).toEqual(row(1));
      second.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
