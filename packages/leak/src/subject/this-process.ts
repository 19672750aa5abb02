import type { Session } from 'node:inspector/promises';
import { writeHeapSnapshot } from 'node:v8';
import { ownCapacity } from './capacity.js';
import { iterate } from './iterate.js';
import { openByKind } from './open-by-kind.js';
import { settle } from './settle.js';
import type { Inspector, Subject } from './subject.js';

export interface CallOptions {
  /** Calls in flight at once; default 1. */
  readonly concurrency?: number | undefined;
  /** Called before each block of iterations, awaited. */
  readonly before?: (() => unknown) | undefined;
  /** Called after each, also when an iteration threw, awaited. */
  readonly after?: (() => unknown) | undefined;
}

/** A function of this process as the subject: each iteration is one call, its promise awaited. */
export function thisProcess(call: () => unknown, options: CallOptions = {}): Subject {
  const { concurrency = 1, before, after } = options;
  let session: Session | undefined;
  return {
    iterate: async (iterations, limits) => {
      await before?.();
      try {
        return await iterate(call, iterations, { ...limits, concurrency });
      } finally {
        await after?.();
      }
    },
    settle: async () => {
      // While a session is open the inspector keeps what the program gives to the console, up to 1000 calls.
      await session?.post('Runtime.discardConsoleEntries');
      return settle();
    },
    inspector: async () => {
      if (session === undefined) {
        // Not every Node.js is built with it.
        const inspector = await import('node:inspector/promises');
        const opened = new inspector.Session();
        opened.connect();
        session = opened;
      }
      return session as Inspector;
    },
    writeSnapshot: async (file) => {
      writeHeapSnapshot(file);
    },
    openByKind: async () => openByKind(),
    capacity: async () => ownCapacity(),
    idle: () => thisProcess(() => undefined),
    close: () => {
      session?.disconnect();
      session = undefined;
    },
  };
}
