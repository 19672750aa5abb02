import type { Held } from '../held/read-held.js';

/** Until when iterations may begin. */
export interface Limits {
  /** No iteration begins after this time of `performance.now()`, but one always does. */
  readonly untilMs: number;
  readonly signal: AbortSignal;
}

/** Commands to V8's inspector, by the names of the Chrome DevTools protocol. */
export interface Inspector {
  /** Rejects with what the inspector refuses. */
  post(method: string, params?: object): Promise<unknown>;
}

/** How many descriptors and handles are open, by what they are: `/dev/null`, `Timeout`. */
export interface OpenByKind {
  readonly fd: Readonly<Record<string, number>>;
  readonly handle: Readonly<Record<string, number>>;
}

/** The most that a program may hold, where that is known: bytes of heap, or descriptors. */
export interface Capacity {
  readonly heap?: number;
  readonly fd?: number;
}

/** A program that is examined for leaks: this process, or another one. */
export interface Subject {
  /**
   * Does so many iterations.
   *
   * @returns Those that were done. Rejects with what the program throws, or with the signal's reason.
   */
  iterate(iterations: number, limits: Limits): Promise<number>;
  /** Collects all garbage, lets the event loop turn, and reads what is held then. */
  settle(): Promise<Held>;
  /**
   * The session with the inspector; one for all that ask, since V8 forgets the ids of objects with it. Rejects where V8
   * gives none.
   */
  inspector(): Promise<Inspector>;
  /** Writes a `.heapsnapshot`. Rejects with errors of the file system. */
  writeSnapshot(file: string): Promise<void>;
  openByKind(): Promise<OpenByKind>;
  capacity(): Promise<Capacity>;
  /** The same program with iterations that do nothing, to hold it against. */
  idle(): Subject;
  /** Has the inspector let go of all that it was asked for. */
  close(): void;
}
