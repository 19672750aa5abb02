import type { WebSocket } from 'undici';
import type { LeakError } from '../leak-error.js';
import type { Inspector } from '../subject/subject.js';
import { attachError, because, startWithInspector } from './attach-error.js';

/** An inspector listens in a thread of its own, which answers at once, also where the program is busy [ms]. */
const CONNECT_MS = 5000;

/** What comes from the inspector: the answer to a command, or an event. */
interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
  readonly method?: string;
  readonly params?: unknown;
}

interface Waiting {
  readonly method: string;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

/**
 * A session with the inspector of another process.
 *
 * A process that ends waits for its sessions to leave: this one does, and takes the process as ended.
 *
 * Source: the Chrome DevTools protocol, on a WebSocket.
 */
export class ProtocolSession implements Inspector {
  readonly #socket: WebSocket;
  readonly #gone: LeakError;
  readonly #signal: AbortSignal;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, (params: unknown) => void>();
  #lastId = 0;
  #ended: LeakError | undefined;

  private constructor(socket: WebSocket, signal: AbortSignal) {
    this.#socket = socket;
    this.#gone = attachError(
      `The process at ${socket.url} ended, or closed its inspector, before the hunt was over.`,
      'Look at what it wrote last and at its exit code, and start it again.',
    );
    this.#signal = signal;
    socket.addEventListener('message', ({ data }) => this.#take(String(data)));
    for (const event of ['error', 'close'] as const)
      socket.addEventListener(event, () => this.#end(this.#gone));
    this.#listeners.set('NodeRuntime.waitingForDisconnect', () => {
      this.#end(this.#gone);
      socket.close();
    });
  }

  /**
   * Connects to a `ws://` URL.
   *
   * @param signal - What is waited for is given up then.
   * @throws {LeakError} `leak/attach` if no inspector answers there.
   */
  static async open(url: string, signal: AbortSignal): Promise<ProtocolSession> {
    const session = new ProtocolSession(await connected(url, signal), signal);
    try {
      await session.post('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
    } catch (error) {
      session.close();
      throw error;
    }
    return session;
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param signal - In place of the session's own.
   * @throws {LeakError} `leak/attach` if the process is gone, or its inspector refuses; else the signal's reason.
   */
  async post(method: string, params: object = {}, signal: AbortSignal = this.#signal): Promise<unknown> {
    signal.throwIfAborted();
    if (this.#ended !== undefined) throw this.#ended;
    this.#lastId += 1;
    const id = this.#lastId;
    const giveUp = () => this.#waiting.get(id)?.reject(signal.reason);
    signal.addEventListener('abort', giveUp);
    try {
      return await new Promise((resolve, reject) => {
        this.#waiting.set(id, { method, resolve, reject });
        this.#socket.send(JSON.stringify({ id, method, params }));
      });
    } finally {
      signal.removeEventListener('abort', giveUp);
      this.#waiting.delete(id);
    }
  }

  /** Has a function called with what each event of this name says; one for a name. @returns What ends that. */
  on(event: string, listener: (params: unknown) => void): () => void {
    this.#listeners.set(event, listener);
    return () => this.#listeners.delete(event);
  }

  /** Leaves; the process goes on. */
  close(): void {
    this.#end(this.#gone);
    this.#socket.close();
  }

  #take(text: string): void {
    let message: Message;
    try {
      message = JSON.parse(text) as Message;
    } catch (cause) {
      this.#end(attachError(`It answered with "${text.slice(0, 80)}".`, startWithInspector, cause));
      return;
    }
    const { id, method, error, result, params } = message;
    if (id === undefined) {
      this.#listeners.get(method ?? '')?.(params);
      return;
    }
    const waiting = this.#waiting.get(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(refused(waiting.method, error.message));
  }

  #end(error: LeakError): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
  }
}

async function connected(url: string, signal: AbortSignal): Promise<WebSocket> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]);
  const { WebSocket } = await import('undici');
  limit.throwIfAborted();
  let socket: WebSocket | undefined;
  try {
    return await new Promise((resolve, reject) => {
      const opened = new WebSocket(url);
      socket = opened;
      opened.addEventListener('open', () => resolve(opened));
      opened.addEventListener('error', ({ error, message }) => reject(error ?? new Error(message)));
      limit.addEventListener('abort', () => reject(limit.reason));
    });
  } catch (cause) {
    socket?.close();
    signal.throwIfAborted();
    throw attachError(`No inspector answers at ${url}${because(cause)}.`, startWithInspector, cause);
  }
}

function refused(method: string, why: string): LeakError {
  return attachError(
    `The inspector refuses ${method}: ${why}.`,
    'Attach to the main thread of a process of Node.js 20 or later.',
  );
}
