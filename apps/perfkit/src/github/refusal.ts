/** Why a request came to nothing. */
export interface Refusal {
  /** HTTP status; 0 without an answer. */
  readonly status: number;
  /** Whether there was an answer at all: without one, nobody knows what became of the request. */
  readonly answered: boolean;
  /** On one line, of bounded length, without the token. */
  readonly message: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** Longest part of a message that is repeated [characters]: a proxy may answer with a page. */
const LONGEST_MESSAGE = 300;

/**
 * What Octokit threw, as a refusal.
 *
 * @param token - Is taken out of the message, in case the server repeats it.
 */
export function refusalOf(error: unknown, token: string): Refusal {
  const { status, message, response } = error as {
    status?: number;
    message?: string;
    response?: { headers?: Refusal['headers'] };
  };
  // An error of GraphQL's comes with status 200, and without one here.
  const answered = response !== undefined;
  const text = String(message ?? error)
    .replaceAll(token, '***')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    status: answered ? (status ?? 200) : 0,
    answered,
    message: text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text,
    headers: response?.headers ?? {},
  };
}

/**
 * Whether GitHub asks for fewer requests. Its two limits share the statuses of a missing permission.
 *
 * Source: docs.github.com, "Rate limits for the REST API".
 */
export function isRateLimit({ status, headers, message }: Refusal): boolean {
  if (status !== 403 && status !== 429) return false;
  return (
    status === 429 ||
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining']) === '0' ||
    /secondary rate limit/i.test(message)
  );
}
