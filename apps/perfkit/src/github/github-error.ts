import { PerfError } from '@perf/schema/core';
import { isRateLimit, type Refusal } from './refusal.js';

/**
 * GitHub cannot be asked, or refuses: `github/token`, `github/permission`, `github/not-found`, `github/refused`,
 * `github/rate-limit`, `github/unavailable`, `github/unreachable`, `github/event`, `github/pull`.
 */
export class GitHubError extends PerfError {
  override readonly name = 'GitHubError';
}

const SAME_FOR_FORKS =
  'A run for a fork gets a read-only token whatever the workflow says: comment from a workflow on workflow_run, as docs/github.md shows.';

/**
 * What a refusal of GitHub's means, with the next step. Its message holds no token.
 *
 * @param doing - What was tried, such as `comment on acme/shop#7`.
 */
export function githubError(refusal: Refusal, doing: string): GitHubError {
  const { status, message } = refusal;
  const seen = refusal.answered ? status : undefined;
  const said = `${status}: ${message}`;
  if (!refusal.answered) {
    return new GitHubError('github/unreachable', `GitHub cannot be reached to ${doing}: ${message}.`, {
      remedy: 'Check the network and GITHUB_API_URL.',
    });
  }
  if (isRateLimit(refusal)) {
    return new GitHubError('github/rate-limit', `GitHub takes no more requests for now (${said}).`, {
      seen,
      remedy: 'Run the command again later.',
    });
  }
  if (status === 401) {
    return new GitHubError('github/token', `GitHub does not accept the token (${said}).`, {
      seen,
      remedy: `Give the step a valid one: env: GITHUB_TOKEN: \${{ github.token }}.`,
    });
  }
  if (status === 403) {
    return new GitHubError('github/permission', `The token may not ${doing} (${said}).`, {
      seen,
      remedy: `Give the job "permissions: pull-requests: write". ${SAME_FOR_FORKS}`,
    });
  }
  if (status === 404) {
    return new GitHubError('github/not-found', `GitHub knows nothing there to ${doing} (${said}).`, {
      seen,
      remedy:
        'Check --repo and --pull; a repository that the token may not see answers the same. The job needs "permissions: pull-requests: write".',
    });
  }
  if (status >= 500) {
    return new GitHubError('github/unavailable', `GitHub failed to ${doing} (${said}).`, {
      seen,
      remedy: 'See githubstatus.com, and run the command again later.',
    });
  }
  return new GitHubError('github/refused', `GitHub refuses to ${doing} (${said}).`, {
    seen,
    remedy: 'Do what it says there.',
  });
}
