import { isRateLimit, type Refusal } from './refusal.js';

/** Further tries after the first. */
const MOST_RETRIES = 3;
/** First wait after a failure of the server's [ms]; it doubles. */
const FIRST_WAIT_MS = 1000;
/** What GitHub asks to wait at least when it names no time [ms]. */
const UNNAMED_WAIT_MS = 60_000;
/** A job pays for its minutes: what takes longer than this ends with an error that says so [ms]. */
const LONGEST_WAIT_MS = 120_000;

const TRANSIENT = new Set([500, 502, 503, 504]);

/**
 * How long to wait before a request is tried again [ms], or `undefined` if it should not be.
 *
 * Rate limits are waited for as long as GitHub says, up to two minutes; failures of its servers and of the network
 * 1, 2 and 4 s. A request that must not happen twice is repeated only after a rate limit, which is an answer before
 * anything happened. Other refusals stay what they are.
 *
 * @param attempt - Tries that failed before this one, from 0.
 * @param repeatable - Whether the request may happen twice.
 * @param now - Epoch time [ms].
 */
export function retryWait(
  refusal: Refusal,
  attempt: number,
  repeatable: boolean,
  now: number,
): number | undefined {
  if (attempt >= MOST_RETRIES) return undefined;
  if (isRateLimit(refusal)) {
    const wait = namedWait(refusal, now) ?? UNNAMED_WAIT_MS;
    return wait <= LONGEST_WAIT_MS ? wait : undefined;
  }
  const transient = !refusal.answered || TRANSIENT.has(refusal.status);
  return transient && repeatable ? FIRST_WAIT_MS * 2 ** attempt : undefined;
}

/** `retry-after` is in seconds; `x-ratelimit-reset` is an epoch time in seconds. */
function namedWait({ headers }: Refusal, now: number): number | undefined {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(after)) return Math.max(0, after * 1000);
  const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset)) {
    return Math.max(0, reset * 1000 - now);
  }
  return undefined;
}
