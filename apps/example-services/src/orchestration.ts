import { DirectedGraph } from 'graphology';
import PQueue from 'p-queue';

/** A piece of work that may need the results of others. */
export interface Task {
  readonly id: string;
  /** Ids of the tasks that must be done before this one. */
  readonly needs?: readonly string[];
  /** Does the work. Gets the results of `needs` by id. */
  run(inputs: Readonly<Record<string, unknown>>): unknown;
}

/** What became of a task. A failed task skips those that need it; the others still run. */
export type Outcome =
  | { readonly status: 'done'; readonly value: unknown }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'skipped'; readonly because: string };

/** Tasks that can be run: their graph has no cycle and nothing in it is missing. */
export interface Plan {
  /** Every id, each after the ones it needs; otherwise as given. */
  readonly order: readonly string[];
  readonly graph: DirectedGraph<{ task: Task }>;
}

/** Tasks that cannot be put in order: `duplicate`, `unknown-need` or `cycle`. */
export class TaskGraphError extends Error {
  override readonly name = 'TaskGraphError';
  readonly code: 'duplicate' | 'unknown-need' | 'cycle';

  constructor(code: TaskGraphError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Puts tasks in an order in which each comes after the ones it needs.
 *
 * @throws {TaskGraphError} if two tasks share an id, a need is missing, or tasks need each other.
 *
 * Cost: O(tasks + needs). Source: Kahn 1962, doi:10.1145/368996.369025.
 */
export function planTasks(tasks: readonly Task[]): Plan {
  const graph = new DirectedGraph<{ task: Task }>();
  for (const task of tasks) {
    if (graph.hasNode(task.id)) throw new TaskGraphError('duplicate', `Two tasks are named "${task.id}".`);
    graph.addNode(task.id, { task });
  }
  for (const { id, needs = [] } of tasks) {
    for (const need of needs) {
      if (!graph.hasNode(need))
        throw new TaskGraphError('unknown-need', `"${id}" needs "${need}", which is no task.`);
      graph.mergeEdge(need, id);
    }
  }
  return { order: topologicalOrder(graph), graph };
}

/**
 * Runs every task as soon as those it needs are done.
 *
 * @param options - `concurrency`: how many tasks run at once, at least 1.
 * @returns What became of each task, by id, in the order in which they ended. Never rejects for a task's error.
 */
export async function runPlan(plan: Plan, options: { concurrency: number }): Promise<Map<string, Outcome>> {
  const { graph, order } = plan;
  const queue = new PQueue({ concurrency: options.concurrency });
  const waitingFor = new Map(order.map((id) => [id, graph.inDegree(id)]));
  const outcomes = new Map<string, Outcome>();

  const start = (id: string): void => {
    void queue.add(async () => {
      outcomes.set(id, await settle(graph.getNodeAttribute(id, 'task'), outcomes));
      // Before this job ends: the queue must not look idle while there are successors to add.
      graph.forEachOutNeighbor(id, (next) => {
        const left = (waitingFor.get(next) ?? 0) - 1;
        waitingFor.set(next, left);
        if (left === 0) start(next);
      });
    });
  };
  for (const id of order) if (graph.inDegree(id) === 0) start(id);
  await queue.onIdle();
  return outcomes;
}

async function settle(task: Task, outcomes: ReadonlyMap<string, Outcome>): Promise<Outcome> {
  const inputs: Record<string, unknown> = {};
  for (const need of task.needs ?? []) {
    const outcome = outcomes.get(need);
    if (outcome?.status !== 'done') return { status: 'skipped', because: need };
    inputs[need] = outcome.value;
  }
  try {
    return { status: 'done', value: await task.run(inputs) };
  } catch (error) {
    return { status: 'failed', error };
  }
}

function topologicalOrder(graph: Plan['graph']): string[] {
  const waitingFor = new Map(graph.mapNodes((id) => [id, graph.inDegree(id)]));
  const order = graph.filterNodes((id) => graph.inDegree(id) === 0);
  // `order` grows while it is walked: what is behind the walker is placed, what is ahead is ready.
  for (const id of order) {
    graph.forEachOutNeighbor(id, (next) => {
      const left = (waitingFor.get(next) ?? 0) - 1;
      waitingFor.set(next, left);
      if (left === 0) order.push(next);
    });
  }
  if (order.length < graph.order) {
    throw new TaskGraphError('cycle', `Tasks need each other: ${cycleIn(graph, new Set(order))}.`);
  }
  return order;
}

/** Every task that was not placed needs another such task, so a walk along the needs must come round. */
function cycleIn(graph: Plan['graph'], placed: ReadonlySet<string>): string {
  const path: string[] = [];
  let id = graph.findNode((node) => !placed.has(node)) as string;
  while (!path.includes(id)) {
    path.push(id);
    id = graph.findInNeighbor(id, (need) => !placed.has(need)) as string;
  }
  return [...path.slice(path.indexOf(id)), id].join(' → ');
}
