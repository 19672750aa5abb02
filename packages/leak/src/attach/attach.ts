import { attachError } from './attach-error.js';
import { attachToProcess } from './attach-to-process.js';
import { type Attachment, attachmentOf } from './attachment.js';
import { inspectorsAt } from './inspector-addresses.js';
import { ProtocolSession } from './protocol-session.js';

/**
 * Opens a session with the inspector of another process.
 *
 * @param to - Its id, the `ws://` URL of its inspector, or the inspector's `host:port`. A process by its id opens its
 * inspector where it has none open.
 * @param signal - The session's: see `ProtocolSession`.
 * @throws {LeakError} `leak/attach` if there is no such process, it is not Node.js, or no inspector answers.
 */
export async function attach(to: number | string, signal: AbortSignal): Promise<Attachment> {
  const text = String(to).trim();
  if (/^\d+$/.test(text)) return attachToProcess(Number(text), signal);
  if (/^wss?:\/\/./.test(text)) return attachmentOf(await ProtocolSession.open(text, signal));
  const [, address] = /^(?:http:\/\/)?([^/\s]+:\d+)(?:\/.*)?$/.exec(text) ?? [];
  if (address === undefined) {
    throw attachError(
      `"${text.slice(0, 200)}" names no process.`,
      'Give its id, the ws:// URL that node --inspect prints, or host:port of its inspector.',
    );
  }
  const [url = ''] = await inspectorsAt(address, signal);
  return attachmentOf(await ProtocolSession.open(url, signal));
}
