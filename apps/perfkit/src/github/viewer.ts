import type { GitHub } from './connect.js';
import { GitHubError } from './github-error.js';

/**
 * Under which name the token writes; `undefined` if GitHub does not tell.
 *
 * The token of a workflow may not ask for its user (`GET /user` answers 403), but GraphQL tells it who it is. A server
 * without GraphQL is asked for the user.
 *
 * @throws {GitHubError} `github/token` if the token is not accepted; `github/unreachable`.
 */
export async function viewerLogin({ octokit, ask }: GitHub): Promise<string | undefined> {
  const doing = 'ask who the token belongs to';
  const ways: (() => Promise<string | undefined>)[] = [
    async () =>
      (await octokit.graphql<{ viewer?: { login?: string } }>('query { viewer { login } }')).viewer?.login,
    async () => (await octokit.rest.users.getAuthenticated()).data.login,
  ];
  for (const way of ways) {
    try {
      const login = await ask(doing, way);
      if (typeof login === 'string' && login !== '') return login;
    } catch (error) {
      const code = error instanceof GitHubError ? error.code : '';
      if (code === 'github/token' || code === 'github/unreachable') throw error;
    }
  }
  return undefined;
}
