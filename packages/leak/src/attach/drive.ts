import type { Warning } from '@perf/schema/core';
import type { Pool } from 'undici';
import { LeakError } from '../leak-error.js';
import { because } from './attach-error.js';

/** The request that has a service do what is examined. */
export interface DriveRequest {
  /** `http` or `https`. */
  readonly url: string | URL;
  /** Default `GET`, and `POST` where there is a body. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** From here on the service itself failed. */
const FAILED = 500;
/** Redirects, which are not followed, and what the service refuses. */
const ODD = 300;

/** Sends the same request again and again, on connections that are kept. */
export class Drive {
  readonly #url: URL;
  readonly #pool: Pool;
  readonly #request: DriveRequest;
  readonly #signal: AbortSignal;
  readonly #odd = new Map<number, number>();
  #sent = 0;

  private constructor(url: URL, pool: Pool, request: DriveRequest, signal: AbortSignal) {
    this.#url = url;
    this.#pool = pool;
    this.#request = request;
    this.#signal = signal;
    signal.addEventListener('abort', () => void this.close());
  }

  /**
   * Sends nothing yet.
   *
   * @param options - `connections`: at most so many; `signal`: requests are given up then.
   * @throws {LeakError} `leak/drive` if the URL is none to send requests to.
   */
  static async open(
    given: string | URL | DriveRequest,
    { connections, signal }: { readonly connections: number; readonly signal: AbortSignal },
  ): Promise<Drive> {
    const request = typeof given === 'string' || given instanceof URL ? { url: given } : given;
    const url = urlOf(request.url);
    const { Pool } = await import('undici');
    return new Drive(url, new Pool(url.origin, { connections, pipelining: 1 }), request, signal);
  }

  /** Where it sends to. */
  get url(): string {
    return this.#url.href;
  }

  /**
   * Sends the request and takes the whole answer.
   *
   * @throws {LeakError} `leak/drive` if there is none, or it says that the service failed; else the signal's reason.
   */
  async call(): Promise<void> {
    const { body, headers = {}, method = body === undefined ? 'GET' : 'POST' } = this.#request;
    const path = `${this.#url.pathname}${this.#url.search}`;
    this.#sent += 1;
    const which = `Request ${this.#sent} (${method} ${this.url})`;
    let status: number;
    try {
      const answer = await this.#pool.request({ path, method, headers, body: body ?? null });
      await answer.body.dump({ limit: Number.MAX_SAFE_INTEGER });
      status = answer.statusCode;
    } catch (cause) {
      this.#signal.throwIfAborted();
      throw driveError(`${which} failed${because(cause)}.`, 'Look whether the service listens there.', cause);
    }
    if (status >= FAILED)
      throw driveError(`${which} was answered with ${status}.`, 'Drive it with requests that it can answer.');
    if (status >= ODD) this.#odd.set(status, (this.#odd.get(status) ?? 0) + 1);
  }

  /** Answers that may not be what was meant. */
  warnings(): Warning[] {
    return [...this.#odd].map(([status, count]) => ({
      code: 'leak/drive-status',
      message: `${count} of ${this.#sent} requests to ${this.url} were answered with ${status}.`,
    }));
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}

function urlOf(given: string | URL): URL {
  const text = String(given);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url !== undefined && isWeb && url.username === '' && url.password === '') return url;
  throw driveError(
    `"${text.slice(0, 200)}" is no address to send requests to.`,
    'Give an http or https URL; names and passwords go into the header "authorization".',
  );
}

function driveError(message: string, remedy: string, cause?: unknown): LeakError {
  return new LeakError('leak/drive', message, { remedy, cause });
}
