import { milliseconds, wholeNumber } from '../check-option.js';
import { LoadError } from '../load-error.js';
import { MOST_CONCURRENT } from '../shapes/constant.js';
import type { LoadTarget } from '../target.js';
import type { HttpOptions, HttpRequest } from './http-options.js';
import { addressReader } from './request-address.js';

const TIMEOUT_MS = 10_000;

/**
 * Requests over HTTP/1.1 as a target of `load()`: keep-alive connections, one request on each at a time, bodies read
 * and dropped.
 *
 * @param request - A URL, a path of the `url` that `setup` made, or a function of what `setup` made that gives the next
 *   request. It is called for every request and must be quick: its time counts.
 * @throws {LoadError} `load/target` or `load/option`.
 */
export function http<Input = unknown>(
  request: string | URL | ((input: Input) => string | URL | HttpRequest),
  options: HttpOptions = {},
): LoadTarget<Input> {
  if (typeof request !== 'string' && typeof request !== 'function' && !(request instanceof URL)) {
    throw new LoadError('load/target', 'http() sends requests to a URL.', {
      seen: typeof request,
      remedy: "Write http('http://127.0.0.1:3000/') or http((input) => ({ url, method, body })).",
    });
  }
  const { timeoutMs = TIMEOUT_MS, connections, accept = isSuccess } = options;
  milliseconds('timeoutMs', timeoutMs);
  if (connections !== undefined) wholeNumber('connections', connections, MOST_CONCURRENT);
  return {
    remote: true,
    // The client is loaded only where there are requests to send: it takes longer than most perf files.
    async connect(input) {
      const { HttpConnection } = await import('./http-connection.js');
      const next = typeof request === 'function' ? () => request(input) : () => request;
      return new HttpConnection(next, addressReader(input), { timeoutMs, connections, accept });
    },
  };
}

function isSuccess(status: number): boolean {
  return status < 400;
}
