import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Warning } from '@perf/schema/core';
import type { Attachment } from './attachment.js';
import { inspectorsAt } from './inspector-addresses.js';

/** Time for each step of it [ms]: a program that hangs is left as it is. */
const CLOSING_MS = 2000;
const LOOK_EVERY_MS = 20;
/** A timer of the program closes the inspector, since closing it waits until all sessions are over. */
const CLOSE = "{ const { close } = require('inspector'); require('timers').setTimeout(close, 20).unref(); }";

/**
 * Leaves a process: V8 ends what the session asked for, and the inspector is closed if it was opened for this. Does not
 * reject, also where the process is gone.
 *
 * @returns A warning if an inspector stays open that was not open before.
 */
export async function detach({ session, pid, openedAt }: Attachment): Promise<Warning | undefined> {
  if (openedAt === undefined) {
    session.close();
    return undefined;
  }
  const asked = session.post(
    'Runtime.evaluate',
    { expression: CLOSE, includeCommandLineAPI: true },
    AbortSignal.timeout(CLOSING_MS),
  );
  await asked.catch(() => undefined);
  session.close();
  const until = performance.now() + CLOSING_MS;
  while (await isOpen(openedAt)) {
    if (performance.now() > until) {
      return {
        code: 'leak/inspector-open',
        message: `Process ${pid} still has the inspector open, at ${openedAt}, that was opened for the hunt.`,
      };
    }
    await pause(LOOK_EVERY_MS);
  }
  return undefined;
}

async function isOpen(address: string): Promise<boolean> {
  const urls = await inspectorsAt(address, AbortSignal.timeout(CLOSING_MS)).catch(() => []);
  return urls.length > 0;
}
