import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { attachError, startWithInspector } from './attach-error.js';
import { type Attachment, attachmentOf } from './attachment.js';
import { inspectorsAt } from './inspector-addresses.js';
import { listeningAddresses } from './listening.js';
import { checkProcess, openInspector } from './node-process.js';
import { ProtocolSession } from './protocol-session.js';

/** Where Node.js listens unless it was told otherwise, and where the next ones of a cluster do. */
const USUAL: readonly string[] = Array.from({ length: 10 }, (_, index) => `127.0.0.1:${9229 + index}`);
/** A signal is answered when the program gets to it: looked for so often, and so long [ms]. */
const LOOK_EVERY_MS = 50;
const LOOK_FOR_MS = 3000;

/**
 * Attaches to a process of this machine by its id, and has it open its inspector where it has none open.
 *
 * Looks at the usual ports first, then at one that opens upon SIGUSR1, and only then at the others that the process listens
 * on, which may be those of its service: they get one HTTP request each.
 *
 * @throws {LeakError} `leak/attach` if there is no such process, it is not Node.js, or no inspector opens.
 */
export async function attachToProcess(pid: number, signal: AbortSignal): Promise<Attachment> {
  checkProcess(pid);
  if (pid === process.pid) throw attachError('That is this process itself.', 'Hunt in it with findLeaks().');
  const before = listeningAddresses(pid);
  const usual = USUAL.filter((address) => before?.includes(address) ?? true);
  const open = await firstOf(usual, pid, signal);
  if (open !== undefined) return open;
  openInspector(pid);
  const known = new Set(before);
  const until = performance.now() + LOOK_FOR_MS;
  while (performance.now() < until) {
    await pause(LOOK_EVERY_MS);
    const added = (listeningAddresses(pid) ?? []).filter((address) => !known.has(address));
    const opened = await firstOf(added, pid, signal);
    if (opened !== undefined) return { ...opened, openedAt: opened.address };
    for (const address of added) known.add(address);
  }
  const other = await firstOf([...known], pid, signal);
  if (other !== undefined) return other;
  throw attachError(
    `Process ${pid} was sent SIGUSR1 and opened no inspector: another process may have the port, 9229 as a rule.`,
    startWithInspector,
  );
}

/** Attaches at the first of these addresses where the inspector of this process listens. */
async function firstOf(
  addresses: readonly string[],
  pid: number,
  signal: AbortSignal,
): Promise<(Attachment & { readonly address: string }) | undefined> {
  signal.throwIfAborted();
  for (const address of addresses) {
    const [url] = await inspectorsAt(address, signal).catch(() => []);
    if (url === undefined) continue;
    const attachment = await attachmentOf(await ProtocolSession.open(url, signal));
    if (attachment.pid === pid) return { ...attachment, address };
    attachment.session.close();
  }
  return undefined;
}
