import { setTimeout as sleep } from 'node:timers/promises';
import { describeError, PerfError } from '@perf/schema/core';
import { UsageError } from '../usage-error.js';
import { version } from '../version.js';
import type { AlertNews } from './news.js';

/** A webhook that did not take the news: `webhook/refused`, `webhook/unreachable`. */
export class WebhookError extends PerfError {
  override readonly name = 'WebhookError';
}

export type WebhookFormat = 'json' | 'slack';

/** Where news goes to. */
export interface Webhook {
  readonly url: URL;
  readonly format: WebhookFormat;
}

/** Time for one request [ms]. */
const REQUEST_MS = 10_000;
/** Waits between tries [ms]; a server that names a time of up to a minute is waited for as long. */
const WAITS_MS = [1000, 2000, 4000];
const LONGEST_WAIT_MS = 60_000;
/** Slack takes no longer text. */
const LONGEST_SLACK = 39_000;

/**
 * A webhook from the command line.
 *
 * @param format - Default: Slack's for its own hosts, else JSON.
 * @throws {UsageError} `usage/webhook`. No message holds the URL: whoever has it can post.
 */
export function webhookOf(given: string | undefined, format?: WebhookFormat): Webhook | undefined {
  if (given === undefined || given === '') return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError('usage/webhook', 'The webhook is no http: or https: address.', {
      remedy: 'Give --webhook or PERFKIT_WEBHOOK the whole address.',
    });
  }
  const isSlack = url.hostname === 'hooks.slack.com' || url.hostname.endsWith('.slack.com');
  return { url, format: format ?? (isSlack ? 'slack' : 'json') };
}

/**
 * Posts news. Failures of the server and of the network are tried again, three times; so an answer that is lost may bring
 * the same news twice, with the same ids.
 *
 * @throws {WebhookError}
 */
export async function post({ url, format }: Webhook, news: AlertNews): Promise<void> {
  const body = JSON.stringify(format === 'slack' ? { text: slackText(news) } : news);
  for (let attempt = 0; ; attempt += 1) {
    const answer = await tried(url, body);
    if (answer.ok) return;
    const wait = answer.again ? (answer.afterMs ?? WAITS_MS[attempt]) : undefined;
    if (wait === undefined || wait > LONGEST_WAIT_MS || attempt >= WAITS_MS.length) {
      throw new WebhookError(answer.code, `The webhook at ${url.host} ${answer.what}.`, {
        remedy: 'Nothing is lost: the next perfkit trend tells it again.',
      });
    }
    await sleep(wait);
  }
}

type Answer =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly again: boolean;
      readonly afterMs?: number;
      readonly code: string;
      readonly what: string;
    };

async function tried(url: URL, body: string): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': `perfkit/${version()}` },
      body,
      // Elsewhere may be anyone.
      redirect: 'error',
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    const text = await response.text();
    if (response.ok) return { ok: true };
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return {
      ok: false,
      again: response.status === 429 || response.status >= 500,
      ...(seconds >= 0 && { afterMs: seconds * 1000 }),
      code: 'webhook/refused',
      what: `answered ${response.status}${text === '' ? '' : `: ${text.slice(0, 200)}`}`,
    };
  } catch (error) {
    const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
    return {
      ok: false,
      again: true,
      code: 'webhook/unreachable',
      what: `cannot be reached: ${describeError(cause)}`,
    };
  }
}

/** Slack reads &, < and > as its own. */
function slackText({ text }: AlertNews): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped.length <= LONGEST_SLACK ? escaped : `${escaped.slice(0, LONGEST_SLACK)} …`;
}
