import type { Task } from './task.js';

/** An event of a bench, with the task that it is about. */
export class TaskEvent extends Event {
  readonly task: Task | undefined;
  readonly error: undefined = undefined;

  constructor(type: string, task?: Task) {
    super(type);
    this.task = task;
  }
}
