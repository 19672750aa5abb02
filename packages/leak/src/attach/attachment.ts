import { attachError, startWithInspector } from './attach-error.js';
import type { ProtocolSession } from './protocol-session.js';

const WHO = 'globalThis.process && { pid: process.pid, version: process.version }';

/** A process that a session with its inspector is open to. */
export interface Attachment {
  readonly session: ProtocolSession;
  readonly pid: number;
  /** Of Node.js, such as `v20.19.0`. */
  readonly version: string;
  /** Where its inspector listens that was not open before: `127.0.0.1:9229`. */
  readonly openedAt?: string;
}

/** Asks a process which one it is. @throws {LeakError} `leak/attach` if it does not say; the session is closed then. */
export async function attachmentOf(session: ProtocolSession): Promise<Attachment> {
  try {
    const answer = await session.post('Runtime.evaluate', { expression: WHO, returnByValue: true });
    const { result } = answer as { result?: { value?: { pid?: unknown; version?: unknown } } };
    const { pid, version } = result?.value ?? {};
    if (typeof pid === 'number' && typeof version === 'string') return { session, pid, version };
    throw attachError('What is inspected there is not Node.js.', startWithInspector);
  } catch (error) {
    session.close();
    throw error;
  }
}
