import { LoadError } from '../load-error.js';
import type { HttpRequest } from './http-options.js';

/** Where a request goes: what undici calls origin, and the path with its query. */
export interface RequestAddress {
  readonly origin: string;
  readonly path: string;
}

/** Addresses that are kept: programs that ask for a new one each time would fill the memory otherwise. */
const MOST_KEPT = 1000;

/**
 * A reader of addresses that parses each only once.
 *
 * @param input - What `setup` made: its `url`, if it has one, is what paths belong to.
 */
export function addressReader(input: unknown): (request: HttpRequest) => RequestAddress {
  const base = baseOf(input);
  const kept = new Map<string, RequestAddress>();
  return ({ url, path }) => {
    const key = path === undefined ? String(url) : `${url} ${path}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const address = parse(String(url), path, base);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, address);
    return address;
  };
}

function parse(url: string, path: string | undefined, base: string | undefined): RequestAddress {
  const first = URL.canParse(url, base) ? new URL(url, base) : undefined;
  const whole = first && path !== undefined && URL.canParse(path, first.href) ? new URL(path, first) : first;
  if (whole?.protocol !== 'http:' && whole?.protocol !== 'https:') {
    throw new LoadError('load/url', `"${url.slice(0, 200)}" is no address to send requests to.`, {
      seen: url.slice(0, 200),
      remedy:
        'Give an http or https URL, or a path and a setup that returns { url }, such as serverProcess().',
    });
  }
  return { origin: whole.origin, path: `${whole.pathname}${whole.search}` };
}

function baseOf(input: unknown): string | undefined {
  if (input === null || typeof input !== 'object' || !('url' in input)) return undefined;
  return typeof input.url === 'string' || input.url instanceof URL ? String(input.url) : undefined;
}
