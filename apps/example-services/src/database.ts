import Database from 'better-sqlite3';

export type TaskStatus = 'queued' | 'running' | 'done' | 'failed';

export interface TaskRow {
  readonly id: number;
  readonly agentId: string;
  readonly title: string;
  readonly status: TaskStatus;
  /** Higher goes first. */
  readonly priority: number;
  /** How long it ran [ms]; null until it ended. */
  readonly durationMs: number | null;
}

export interface TaskEvent {
  readonly taskId: number;
  readonly kind: string;
  /** Epoch time [ms]. */
  readonly atMs: number;
}

/** One agent's tasks in figures. */
export interface AgentSummary {
  readonly agentId: string;
  readonly tasks: number;
  readonly done: number;
  readonly failed: number;
  /** Of the tasks that ended [ms]; null if none did. */
  readonly meanDurationMs: number | null;
}

const schema = `
  CREATE TABLE IF NOT EXISTS agents (id TEXT PRIMARY KEY, role TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tasks (
    id INTEGER PRIMARY KEY,
    agent_id TEXT NOT NULL REFERENCES agents (id),
    title TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed')),
    priority INTEGER NOT NULL,
    duration_ms INTEGER
  ) STRICT;
  CREATE INDEX IF NOT EXISTS tasks_by_agent ON tasks (agent_id, status, priority DESC, id);
  CREATE TABLE IF NOT EXISTS events (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id INTEGER NOT NULL REFERENCES tasks (id),
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS events_by_task ON events (task_id, id);`;

const taskColumns = 'id, agent_id AS agentId, title, status, priority, duration_ms AS durationMs';

/**
 * Agents, their tasks and what happened to them, in SQLite.
 *
 * Every method is synchronous, as better-sqlite3 is; it also has foreign keys checked by default.
 */
export class TaskDatabase {
  readonly #db: Database.Database;
  readonly #statements: ReturnType<typeof prepare>;

  /** @param path - A file, made if it is not there; by default a database in memory. */
  constructor(path: string = ':memory:') {
    this.#db = new Database(path);
    this.#db.pragma('journal_mode = WAL');
    this.#db.exec(schema);
    this.#statements = prepare(this.#db);
  }

  addAgent(id: string, role: string): void {
    this.#statements.addAgent.run(id, role);
  }

  /** Inserts tasks, or replaces those whose id is known: all of them or, if one is refused, none. */
  saveTasks(tasks: readonly TaskRow[]): void {
    this.#db.transaction(() => {
      for (const task of tasks) this.#statements.saveTask.run(task);
    })();
  }

  task(id: number): TaskRow | undefined {
    return this.#statements.task.get(id);
  }

  /** The first of an agent's tasks of one status, the most urgent first. */
  tasksOf(agentId: string, status: TaskStatus, limit: number): TaskRow[] {
    return this.#statements.tasksOf.all(agentId, status, limit);
  }

  /** Tasks in the order of their ids. For the next page, `after` is the last id of this one. */
  page(after: number, limit: number): TaskRow[] {
    return this.#statements.page.all(after, limit);
  }

  /** Each agent's tasks in figures, by agent id. Cost: O(tasks). */
  summary(): AgentSummary[] {
    return this.#statements.summary.all();
  }

  /** Appends events, then forgets all but the newest `keep`: all of it or nothing. */
  record(events: readonly TaskEvent[], keep: number): void {
    this.#db.transaction(() => {
      for (const event of events) this.#statements.addEvent.run(event);
      this.#statements.pruneEvents.run(keep);
    })();
  }

  /** What happened to a task, the oldest first. */
  eventsOf(taskId: number): TaskEvent[] {
    return this.#statements.eventsOf.all(taskId);
  }

  close(): void {
    this.#db.close();
  }
}

function prepare(db: Database.Database) {
  return {
    addAgent: db.prepare<[string, string]>('INSERT INTO agents VALUES (?, ?)'),
    saveTask: db.prepare<[TaskRow]>(
      `INSERT INTO tasks VALUES (@id, @agentId, @title, @status, @priority, @durationMs)
       ON CONFLICT (id) DO UPDATE SET agent_id = @agentId, title = @title, status = @status,
         priority = @priority, duration_ms = @durationMs`,
    ),
    task: db.prepare<[number], TaskRow>(`SELECT ${taskColumns} FROM tasks WHERE id = ?`),
    tasksOf: db.prepare<[string, TaskStatus, number], TaskRow>(
      `SELECT ${taskColumns} FROM tasks WHERE agent_id = ? AND status = ? ORDER BY priority DESC, id LIMIT ?`,
    ),
    page: db.prepare<[number, number], TaskRow>(
      `SELECT ${taskColumns} FROM tasks WHERE id > ? ORDER BY id LIMIT ?`,
    ),
    summary: db.prepare<[], AgentSummary>(
      `SELECT agent_id AS agentId, count(*) AS tasks,
         count(*) FILTER (WHERE status = 'done') AS done,
         count(*) FILTER (WHERE status = 'failed') AS failed,
         avg(duration_ms) AS meanDurationMs
       FROM tasks GROUP BY agent_id ORDER BY agent_id`,
    ),
    addEvent: db.prepare<[TaskEvent]>(
      'INSERT INTO events (task_id, kind, at_ms) VALUES (@taskId, @kind, @atMs)',
    ),
    pruneEvents: db.prepare<[number]>('DELETE FROM events WHERE id <= (SELECT max(id) FROM events) - ?'),
    eventsOf: db.prepare<[number], TaskEvent>(
      'SELECT task_id AS taskId, kind, at_ms AS atMs FROM events WHERE task_id = ? ORDER BY id',
    ),
  };
}
