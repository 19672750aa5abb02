import { setTimeout as sleep } from 'node:timers/promises';
import { Octokit } from '@octokit/rest';
import { version } from '../version.js';
import { GitHubError, githubError } from './github-error.js';
import { refusalOf } from './refusal.js';
import { retryWait } from './retry-wait.js';

/** Time for one request [ms]. */
const REQUEST_MS = 30_000;
/** The version of the API that this client was written for. */
const API_VERSION = '2022-11-28';

/** GitHub's API with a token. */
export interface GitHub {
  readonly octokit: Octokit;
  /** Does something; a refusal by GitHub becomes a {GitHubError}. `doing` completes "GitHub refuses to …". */
  ask<T>(doing: string, work: () => Promise<T>): Promise<T>;
}

/**
 * A client that waits and tries again where that may help, and sends the token nowhere but to the API.
 *
 * @param apiUrl - Such as `https://api.github.com`.
 * @throws {GitHubError} `github/token` if there is none, or one that no header can hold.
 */
export function connect(apiUrl: string, givenToken: string | undefined): GitHub {
  const token = givenToken?.trim() ?? '';
  // Checked here: the error that fetch throws for a header with a line break repeats the header.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new GitHubError(
      'github/token',
      token === '' ? 'There is no GITHUB_TOKEN.' : 'GITHUB_TOKEN is not a token.',
      { remedy: `Give it to the step: env: GITHUB_TOKEN: \${{ github.token }}.` },
    );
  }
  const silent = () => {};
  const octokit = new Octokit({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: `perfkit/${version()}`,
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  octokit.hook.wrap('request', async (request, options) => {
    const repeatable = options.method !== 'POST' || options.url.endsWith('/graphql');
    // The request is bound to these options: others that are handed to it are ignored.
    const target = new URL(options.url, options.baseUrl);
    if (target.origin !== new URL(options.baseUrl).origin) {
      throw new GitHubError('github/elsewhere', `The API names a next page on ${target.origin}.`, {
        seen: target.origin,
        remedy: 'The token goes to the API alone. Check GITHUB_API_URL, and what stands between it and here.',
      });
    }
    options.headers['x-github-api-version'] = API_VERSION;
    for (let attempt = 0; ; attempt += 1) {
      options.request = { ...options.request, signal: AbortSignal.timeout(REQUEST_MS) };
      try {
        return await request(options);
      } catch (error) {
        const wait = retryWait(refusalOf(error, token), attempt, repeatable, Date.now());
        if (wait === undefined) throw error;
        await sleep(wait);
      }
    }
  });
  return {
    octokit,
    ask: async (doing, work) => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof GitHubError) throw error;
        throw githubError(refusalOf(error, token), doing);
      }
    },
  };
}
