import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '@perf/schema/core';
import type { HeldResource } from '../held/read-held.js';
import { LeakError } from '../leak-error.js';

/** Who is told, and who writes. */
interface Hooks {
  readonly write: (file: string) => void;
  readonly failed: (error: unknown) => void;
}

/** One heap snapshot at the first suspicion, in a turn of the event loop of its own. Never throws. */
export class FirstSnapshot {
  readonly #folder: string;
  readonly #hooks: Hooks;
  #isDue = true;

  constructor(folder: string, hooks: Hooks) {
    this.#folder = folder;
    this.#hooks = hooks;
    // What is wrong with the folder is better known now than in weeks.
    this.#later(() => requireFolder(folder));
  }

  /** Native memory is in no heap snapshot, so that a suspicion about it is left out. */
  suspected(resource: HeldResource): void {
    if (!this.#isDue || resource === 'rss') return;
    this.#isDue = false;
    this.#later(() => this.#hooks.write(fileIn(this.#folder)));
  }

  #later(action: () => void): void {
    setImmediate(() => {
      try {
        action();
      } catch (error) {
        this.#hooks.failed(error);
      }
    }).unref();
  }
}

function requireFolder(folder: string): void {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new LeakError('leak/snapshot-file', `No heap snapshot can be written: ${describeError(error)}.`, {
      seen: folder,
      remedy: 'Make the folder that snapshotDir names, and let the service write to it.',
      cause: error,
    });
  }
}

/** That no other process writes: `heap-<pid>-2026-01-31T12-00-00.000Z.heapsnapshot`. */
function fileIn(folder: string): string {
  const time = new Date().toISOString().replaceAll(':', '-');
  return join(folder, `heap-${process.pid}-${time}.heapsnapshot`);
}
