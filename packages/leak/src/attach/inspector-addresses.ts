import { attachError, because, startWithInspector } from './attach-error.js';

/** Time for a list of targets [ms]: a thread of its own answers, also where the program is busy. */
const LIST_MS = 3000;
const OK = 200;

/**
 * WebSocket URLs of the programs that can be inspected at an address; of Node.js one.
 *
 * @param address - Such as `127.0.0.1:9229`.
 * @throws {LeakError} `leak/attach` if no inspector answers there; the signal's reason.
 */
export async function inspectorsAt(address: string, signal: AbortSignal): Promise<string[]> {
  const url = `http://${address}/json/list`;
  try {
    const { request } = await import('undici');
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIST_MS)]);
    // A connection that was kept would be one of the descriptors that are counted.
    const { statusCode, body } = await request(url, { signal: limit, reset: true });
    const text = await body.text();
    if (statusCode !== OK) throw new Error(`${statusCode} ${text.slice(0, 200)}`);
    const targets: unknown = JSON.parse(text);
    const urls = Array.isArray(targets) ? targets.map(urlOf).filter((found) => found !== undefined) : [];
    if (urls.length === 0) throw new Error('it lists nothing that can be inspected');
    return urls;
  } catch (cause) {
    signal.throwIfAborted();
    throw attachError(`No inspector answers at ${url}${because(cause)}.`, startWithInspector, cause);
  }
}

function urlOf(target: unknown): string | undefined {
  if (target === null || typeof target !== 'object' || !('webSocketDebuggerUrl' in target)) return undefined;
  return typeof target.webSocketDebuggerUrl === 'string' ? target.webSocketDebuggerUrl : undefined;
}
