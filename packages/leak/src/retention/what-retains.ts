import { getHeapStatistics } from 'node:v8';
import { describeError, type Warning } from '@perf/schema/core';
import { duration, requireFunction } from '../check-options.js';
import { LeakError } from '../leak-error.js';
import { thisProcess } from '../subject/this-process.js';
import { outlives } from './outlives.js';
import { pathTo } from './path-to.js';

/** Time for what closes or times out by itself [ms]. */
const SETTLE_MS = 100;
/** That writing and reading a heap snapshot takes [ms]: 40 to 220 were measured, most where all objects are small. */
const MS_PER_MIB = 100;

export interface RetentionOptions {
  /** Time that the program has to let go of the object [ms]; default 100. It is over sooner once the object is gone. */
  readonly settleMs?: number;
  /** Time for the heap snapshot that tells the path [ms]; default no limit. Where it may take longer there is no path. */
  readonly snapshotMs?: number;
  /** Ends the wait: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What keeps an object alive. Plain data. */
export interface Retention {
  /** Name of the object's constructor. */
  readonly name: string;
  /**
   * The shortest path to it, a step for each object: from a root on, or from `the function given` where it hangs on that.
   * Empty where it is not known.
   */
  readonly path: readonly string[];
  /** `leak/no-path`: why the path is not known. */
  readonly warnings: readonly Warning[];
}

/**
 * Makes an object, lets go of it, and says what still holds it when all garbage is collected.
 *
 * Only a `WeakRef` knows the object meanwhile: no frame of this code holds it, nor does the inspector, whose console is
 * emptied.
 *
 * @param make - Makes it and keeps nothing of it; a promise that it returns is awaited.
 * @returns `undefined` if nothing does.
 * @throws {LeakError} `leak/not-a-function`; `leak/option`; `leak/no-object` if it makes a primitive value; whatever the
 * function throws.
 *
 * Cost: a full collection and a turn of the event loop where it is collectable; else ten at least, twice `settleMs`, and
 * a heap snapshot: some 0.1 s for each MiB of heap.
 */
export async function whatRetains(
  make: () => unknown,
  options: RetentionOptions = {},
): Promise<Retention | undefined> {
  requireFunction('whatRetains', make);
  duration('settleMs', options.settleMs);
  duration('snapshotMs', options.snapshotMs);
  const { settleMs = SETTLE_MS, snapshotMs = Number.POSITIVE_INFINITY, signal } = options;
  const { name, reference } = await made(make);
  if (!(await outlives(reference, settleMs, signal))) return undefined;
  const subject = thisProcess(make);
  try {
    const inspector = await subject.inspector();
    await inspector.post('Runtime.discardConsoleEntries');
    if (!(await outlives(reference, settleMs, signal))) return undefined;
    const neededMs = (MS_PER_MIB * getHeapStatistics().used_heap_size) / 2 ** 20;
    if (neededMs > snapshotMs) return withoutPath(name, tooLong(neededMs, snapshotMs));
    const path = await pathTo({ reference, make }, subject);
    return path && { name, path, warnings: [] };
  } catch (error) {
    signal?.throwIfAborted();
    return withoutPath(name, describeError(error));
  } finally {
    subject.close();
  }
}

function tooLong(neededMs: number, snapshotMs: number): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return `a heap snapshot takes about ${seconds(neededMs)}, and there are ${seconds(snapshotMs)}`;
}

function withoutPath(name: string, why: string): Retention {
  const message = `What holds it is not known: ${why}.`.replace(/\.\.$/, '.');
  return { name, path: [], warnings: [{ code: 'leak/no-path', message }] };
}

/** The frame that has the object is gone once this has returned. */
async function made(
  make: () => unknown,
): Promise<{ readonly name: string; readonly reference: WeakRef<object> }> {
  const object = await make();
  if ((typeof object === 'object' && object !== null) || typeof object === 'function')
    return { name: nameOf(object), reference: new WeakRef(object) };
  const seen = object === null ? 'null' : typeof object;
  throw new LeakError('leak/no-object', `The function made ${seen}, which is no object that is collected.`, {
    seen,
    remedy: 'Return the object that should be: () => makeIt().',
  });
}

function nameOf(object: object): string {
  if (typeof object === 'function') return 'Function';
  try {
    for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at)) {
      const maker: unknown = Object.getOwnPropertyDescriptor(at, 'constructor')?.value;
      if (typeof maker === 'function' && maker.name !== '') return maker.name.slice(0, 100);
    }
  } catch {
    // A proxy may refuse every question, and a static member may be called "name".
  }
  return 'Object';
}
