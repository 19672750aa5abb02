import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import type { Connection } from '../target.js';
import { Exchange } from './exchange.js';
import type { HttpRequest } from './http-options.js';
import type { addressReader } from './request-address.js';

/** Timeouts come at most this share, and this long [ms], too late. */
const TIMEOUT_SLACK = 0.05;
const MOST_SLACK_MS = 100;

interface ConnectionOptions {
  readonly timeoutMs: number;
  readonly connections: number | undefined;
  readonly accept: (status: number) => boolean;
}

/** Keep-alive connections to the servers of one target, with a limit of time on every request. */
export class HttpConnection implements Connection {
  readonly #pools = new Map<string, Pool>();
  /** In order of their start, which is that of their timeouts. */
  readonly #open = new Set<Exchange>();
  readonly #watchdog: NodeJS.Timeout;
  readonly #next: () => string | URL | HttpRequest;
  readonly #address: ReturnType<typeof addressReader>;
  readonly #options: ConnectionOptions;

  constructor(
    next: () => string | URL | HttpRequest,
    address: ReturnType<typeof addressReader>,
    options: ConnectionOptions,
  ) {
    this.#next = next;
    this.#address = address;
    this.#options = options;
    const every = Math.max(1, Math.min(MOST_SLACK_MS, options.timeoutMs * TIMEOUT_SLACK));
    this.#watchdog = setInterval(() => this.#timeOut(), every);
  }

  call(): Promise<void> {
    const asked = this.#next();
    const request: HttpRequest = typeof asked === 'string' || asked instanceof URL ? { url: asked } : asked;
    const { method = request.body === undefined ? 'GET' : 'POST', headers, body } = request;
    const { origin, path } = this.#address(request);
    return new Promise((resolve, reject) => {
      const { timeoutMs, accept } = this.#options;
      const exchange = new Exchange(performance.now() + timeoutMs, accept, (ended, error) => {
        this.#open.delete(ended);
        if (error === undefined) resolve();
        else reject(error);
      });
      this.#open.add(exchange);
      this.#pool(origin).dispatch({ path, method, headers: headers ?? null, body: body ?? null }, exchange);
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#watchdog);
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  #pool(origin: string): Pool {
    const known = this.#pools.get(origin);
    if (known !== undefined) return known;
    const pool = new Pool(origin, {
      connections: this.#options.connections ?? null,
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: this.#options.timeoutMs },
    });
    this.#pools.set(origin, pool);
    return pool;
  }

  #timeOut(): void {
    const now = performance.now();
    for (const exchange of this.#open) {
      if (exchange.timesOutAt > now) return;
      exchange.timeOut();
    }
  }
}
