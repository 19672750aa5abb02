import { appendFileSync, closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Held } from '../held/read-held.js';
import { iterate } from '../subject/iterate.js';
import { settle } from '../subject/settle.js';
import type { Limits, Subject } from '../subject/subject.js';
import { ProgramReader } from './program-reader.js';
import type { ProtocolSession } from './protocol-session.js';

export interface AttachedOptions {
  /** With the inspector of the process; stays open. */
  readonly session: ProtocolSession;
  /** One iteration: has the process do something, and resolves when that is done. */
  readonly call: () => Promise<void>;
  /** Calls in flight at once; default 1. */
  readonly concurrency?: number | undefined;
}

/**
 * Another process as the subject, by its inspector. What the session itself takes there, a descriptor and a handle, is the
 * same at every reading. Rejects with `leak/attach` once the process is gone.
 */
export async function attachedProcess({ session, call, concurrency = 1 }: AttachedOptions): Promise<Subject> {
  const reader = await ProgramReader.start(session);
  const afterCollection = async (): Promise<Held> => {
    // The inspector collects in a turn of the event loop; in the pause before it what the last turn began has its own.
    await pause(1);
    await session.post('HeapProfiler.collectGarbage');
    return reader.held();
  };
  const subject: Subject = {
    iterate: async (iterations: number, limits: Limits) => {
      try {
        return await iterate(call, iterations, { ...limits, concurrency });
      } catch (error) {
        // Of a process that is gone that is the news, and not the requests that failed.
        await session.post('Runtime.evaluate', { expression: '0' });
        throw error;
      }
    },
    settle: async () => {
      // The inspector keeps what the program gives to the console, up to 1000 calls.
      await session.post('Runtime.discardConsoleEntries');
      return settle(afterCollection);
    },
    inspector: async () => session,
    writeSnapshot: (file) => writeSnapshot(session, file),
    openByKind: () => reader.openByKind(),
    capacity: () => reader.capacity(),
    idle: () => ({ ...subject, iterate: async (iterations) => iterations }),
    close: () => {
      // Ids of objects, which V8 keeps from snapshot to snapshot. Whoever asks next learns of a process that is gone.
      session.post('HeapProfiler.disable').catch(() => undefined);
    },
  };
  return subject;
}

async function writeSnapshot(session: ProtocolSession, file: string): Promise<void> {
  const to = openSync(file, 'w');
  let failure: unknown;
  const stop = session.on('HeapProfiler.addHeapSnapshotChunk', (params) => {
    try {
      // On a descriptor this writes all of it, where it stands.
      appendFileSync(to, (params as { chunk: string }).chunk);
    } catch (error) {
      failure ??= error;
    }
  });
  try {
    await session.post('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  } finally {
    stop();
    closeSync(to);
  }
  if (failure !== undefined) throw failure;
}
