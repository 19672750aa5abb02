import { describeError } from '@perf/schema/core';
import { LeakError } from '../leak-error.js';
import type { Inspector } from '../subject/subject.js';
import { census } from './census-code.js';
import { type Course, courseOf } from './sustained.js';

/** An array, map, set, emitter or dictionary that holds more after each window. */
export interface GrowingContainer {
  /** Name of its constructor. */
  readonly name: string;
  /** What it has more of, such as `elements` or `listeners`. */
  readonly of: string;
  /** How many it holds now. */
  readonly size: number;
  /** What it gained in each window. */
  readonly gains: readonly number[];
  /** Id in heap snapshots of the same session. */
  readonly id: number;
  /** Its number in the census. */
  readonly index: number;
}

type Found = Omit<GrowingContainer, 'id' | 'index'>;

/** A container some time after it was counted. */
export interface LaterContainer extends Found {
  readonly index: number;
  /** What it gained since. */
  readonly since: number;
}

const GROUP = 'perfkit-census';
/** Containers to name. */
const MOST = 10;

/**
 * Counts what every container of a program holds, exactly, from window to window: so that it sees a number that is
 * pushed to an array, which is no object, and which the array's own memory shows only when it doubles.
 *
 * Holds no object of the program: what it knows of one goes with it.
 */
export class Census {
  readonly #inspector: Inspector;
  readonly #least: number;
  readonly #iterations: number[] = [];
  #state: string | undefined;
  #found: readonly Found[] = [];

  /** @param least - Gain per iteration of one container that counts. */
  constructor(inspector: Inspector, least: number) {
    this.#inspector = inspector;
    this.#least = least;
  }

  /**
   * Counts; the first time as the start.
   *
   * @param iterations - Done since the last count; 0 for the first.
   *
   * Cost: two full collections and a walk over all objects.
   */
  async count(iterations: number): Promise<void> {
    if (iterations > 0) this.#iterations.push(iterations);
    this.#state ??= await this.#object('Runtime.evaluate', { expression: census });
    const prototype = await this.#object('Runtime.evaluate', { expression: 'Object.prototype' });
    const { objects } = (await this.#post('Runtime.queryObjects', {
      prototypeObjectId: prototype,
      objectGroup: GROUP,
    })) as { objects: { objectId: string } };
    const { result } = (await this.#post('Runtime.callFunctionOn', {
      objectId: this.#state,
      functionDeclaration: 'function (objects, least) { return this.count(objects, least); }',
      arguments: [{ objectId: objects.objectId }, { value: Math.max(1, iterations * this.#least) }],
      returnByValue: true,
    })) as { result: { value: Found[] } };
    this.#found = result.value;
    for (const objectId of [objects.objectId, prototype])
      await this.#post('Runtime.releaseObject', { objectId });
  }

  /** Whether a container took this course over all windows. */
  has(course: Course): boolean {
    return this.#found.some((found) => this.#courseOf(found) === course);
  }

  /** Containers of this course, most gained first, ten at most. */
  async containers(course: Course): Promise<GrowingContainer[]> {
    const chosen = [...this.#found.entries()]
      .filter(([, found]) => this.#courseOf(found) === course)
      .sort(([, a], [, b]) => sum(b.gains) - sum(a.gains))
      .slice(0, MOST);
    const containers: GrowingContainer[] = [];
    for (const [index, found] of chosen) {
      const id = await this.#idOf(index);
      if (id !== undefined) containers.push({ ...found, id, index });
    }
    return containers;
  }

  /** The containers of this course as they are by now; those that are gone are left out. */
  async later(course: Course): Promise<LaterContainer[]> {
    const { result } = (await this.#post('Runtime.callFunctionOn', {
      objectId: this.#state,
      functionDeclaration: 'function () { return this.sizes(); }',
      returnByValue: true,
    })) as { result: { value: (number | null)[] } };
    return this.#found.flatMap((found, index) => {
      const size = result.value[index];
      if (typeof size !== 'number' || this.#courseOf(found) !== course) return [];
      return [{ ...found, index, size, since: size - found.size }];
    });
  }

  /** Lets go of everything. */
  async close(): Promise<void> {
    await this.#post('Runtime.releaseObjectGroup', { objectGroup: GROUP });
  }

  #courseOf({ gains }: Found): Course {
    return courseOf(gains, this.#iterations, this.#least);
  }

  async #idOf(index: number): Promise<number | undefined> {
    const objectId = await this.#object('Runtime.callFunctionOn', {
      objectId: this.#state,
      functionDeclaration: `function () { return this.found(${index}); }`,
    });
    if (objectId === undefined) return undefined;
    const { heapSnapshotObjectId } = (await this.#post('HeapProfiler.getHeapObjectId', {
      objectId,
    })) as { heapSnapshotObjectId: string };
    return Number(heapSnapshotObjectId);
  }

  /** @throws {LeakError} `leak/snapshot` for what the inspector refuses; what the subject itself has to say as it is. */
  async #post(method: string, params: object): Promise<unknown> {
    try {
      return await this.#inspector.post(method, params);
    } catch (cause) {
      if (cause instanceof LeakError) throw cause;
      throw uncounted(cause);
    }
  }

  /** The remote object that a command gives; `undefined` where it gives none. */
  async #object(method: string, params: object): Promise<string | undefined> {
    const { result } = (await this.#post(method, { ...params, objectGroup: GROUP })) as {
      result: { objectId?: string };
    };
    return result.objectId;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What the inspector refuses, as an error of this package. */
export function uncounted(cause: unknown): LeakError {
  return new LeakError('leak/snapshot', `Objects cannot be counted: ${describeError(cause)}.`, {
    remedy: 'Use a Node.js with the inspector, or leave it out: snapshots: false.',
    cause,
  });
}
