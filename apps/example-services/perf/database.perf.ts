import { bench, suite } from '@perf/bench';
import { leak } from '@perf/leak';
import { load, scale, stress } from '@perf/load';
import { TaskDatabase, type TaskRow, type TaskStatus } from '../src/database.ts';
import { cycle, listOf } from './cycle.ts';

const agents = listOf(50, (index) => `agent-${index}`);
const statuses: TaskStatus[] = ['queued', 'running', 'done', 'failed', 'queued', 'done', 'done'];

/** Row `id` of every database here: the same agents, statuses and priorities in every process. */
function taskRow(id: number): TaskRow {
  const status = statuses[id % statuses.length] as TaskStatus;
  return {
    id,
    agentId: `agent-${id % agents.length}`,
    title: `Task ${id}: bring the report up to date`,
    status,
    priority: (id * 7919) % 10,
    durationMs: status === 'done' || status === 'failed' ? 100 + ((id * 104_729) % 5_000) : null,
  };
}

function filled(rows: number): TaskDatabase {
  const db = new TaskDatabase();
  for (const agent of agents) db.addAgent(agent, 'developer');
  db.saveTasks(listOf(rows, (index) => taskRow(index + 1)));
  return db;
}

export default suite('database', {
  "an agent's 10 most urgent tasks": bench(({ db, nextAgent }) => db.tasksOf(nextAgent(), 'queued', 10), {
    setup: () => ({ db: filled(5_000), nextAgent: cycle(agents) }),
    teardown: ({ db }) => db.close(),
  }),

  // The same hundred ids each time: rows are replaced, and the table keeps its size.
  'save 100 tasks in one transaction': bench(({ db, tasks }) => db.saveTasks(tasks), {
    setup: () => ({ db: filled(1_000), tasks: listOf(100, (index) => taskRow(index * 10 + 1)) }),
    teardown: ({ db }) => db.close(),
  }),

  'summary of 5,000 tasks by agent': bench((db) => db.summary(), {
    setup: () => filled(5_000),
    teardown: (db) => db.close(),
  }),

  // As many events go as come: the table stays at 1,000 rows.
  'record 20 events, keep 1,000': bench(({ db, events }) => db.record(events, 1_000), {
    setup: () => {
      const db = filled(100);
      db.record(
        listOf(1_000, (index) => ({ taskId: (index % 100) + 1, kind: 'progress', atMs: index })),
        1_000,
      );
      return { db, events: listOf(20, (index) => ({ taskId: index + 1, kind: 'progress', atMs: index })) };
    },
    teardown: ({ db }) => db.close(),
  }),

  'replaced rows are let go': leak(({ db, tasks }) => db.saveTasks(tasks), {
    setup: () => ({ db: filled(1_000), tasks: listOf(20, (index) => taskRow(index * 10 + 1)) }),
    teardown: ({ db }) => db.close(),
  }),

  'look-ups, 1 to 100 at once': load(
    async ({ db, nextAgent }) => db.tasksOf(nextAgent(), 'queued', 10),
    scale({ secondsEach: 0.7 }),
    {
      setup: () => ({ db: filled(5_000), nextAgent: cycle(agents) }),
      teardown: ({ db }) => db.close(),
    },
  ),

  // How many summaries a second before one in a hundred has to wait for more than 50 ms?
  'summaries, until it breaks': load(
    async (db) => db.summary(),
    stress({ from: 50, step: 150, to: 2_000, secondsEach: 1, halvings: 2, until: { p99Ms: 50 } }),
    { setup: () => filled(5_000), teardown: (db) => db.close() },
  ),
});
