import { setTimeout as sleep } from 'node:timers/promises';
import type { GitHub } from './connect.js';
import { GitHubError } from './github-error.js';
import { hasMarker } from './marker.js';
import type { PullRequest } from './pull-request.js';
import { viewerLogin } from './viewer.js';

/** What GitHub takes in one comment [characters]. */
export const LONGEST_COMMENT = 65_536;

/** What became of the comment. */
export interface PutComment {
  readonly action: 'created' | 'updated';
  readonly id: number;
  readonly url: string;
  /** Further comments of ours under the same marker that were deleted. */
  readonly removed: number;
}

/** Tries to create a comment, and the first wait between them [ms], which doubles. */
const CREATE_TRIES = 3;
const CREATE_WAIT_MS = 1000;

/**
 * Makes a pull request hold exactly one comment of ours with this marker: updates it, or creates it.
 *
 * All pages of comments are read. A comment of somebody else is left alone even if it holds the marker. Two runs at
 * the same moment may both create one; the next run updates the older and deletes the other.
 *
 * @param body - Begins with the marker; at most 65,536 characters.
 * @throws {GitHubError}
 */
export async function putComment(
  github: GitHub,
  pull: PullRequest,
  marker: string,
  body: string,
): Promise<PutComment> {
  const { octokit, ask } = github;
  const { owner, repo, number } = pull;
  const name = `${owner}/${repo}#${number}`;
  const viewer = await viewerLogin(github);
  for (let tries = 1; ; tries += 1) {
    const [first, ...more] = await ownComments(github, pull, marker, viewer);
    if (first !== undefined) {
      const { data } = await ask(`update the comment on ${name}`, () =>
        octokit.rest.issues.updateComment({ owner, repo, comment_id: first, body }),
      );
      for (const id of more) await removeComment(github, pull, id);
      return { action: 'updated', id: data.id, url: data.html_url, removed: more.length };
    }
    try {
      const { data } = await ask(`comment on ${name}`, () =>
        octokit.rest.issues.createComment({ owner, repo, issue_number: number, body }),
      );
      return { action: 'created', id: data.id, url: data.html_url, removed: 0 };
    } catch (error) {
      // The comment may have been made all the same: look again before making another.
      const unclear =
        error instanceof GitHubError &&
        (error.code === 'github/unavailable' || error.code === 'github/unreachable');
      if (!unclear || tries >= CREATE_TRIES) throw error;
      await sleep(CREATE_WAIT_MS * 2 ** (tries - 1));
    }
  }
}

/** Ids of our comments that begin with the marker, oldest first. */
async function ownComments(
  { octokit, ask }: GitHub,
  { owner, repo, number }: PullRequest,
  marker: string,
  viewer: string | undefined,
): Promise<number[]> {
  const comments = await ask(`read the comments of ${owner}/${repo}#${number}`, () =>
    octokit.paginate(octokit.rest.issues.listComments, { owner, repo, issue_number: number, per_page: 100 }),
  );
  return comments
    .filter(({ body, user }) => hasMarker(body, marker) && isOwn(user, viewer))
    .map(({ id }) => id)
    .sort((a, b) => a - b);
}

/**
 * Whether the token wrote it. Where GitHub does not tell under which name it writes, a program must have: people have
 * names without brackets and are no bots, so that nobody's comment can pass for ours.
 */
function isOwn(
  user: { login?: string; type?: string } | null | undefined,
  viewer: string | undefined,
): boolean {
  const login = user?.login?.toLowerCase() ?? '';
  if (viewer !== undefined) return login === viewer.toLowerCase();
  return user?.type === 'Bot' || login.endsWith('[bot]');
}

/** Another run may have deleted it first. */
async function removeComment(
  { octokit, ask }: GitHub,
  { owner, repo }: PullRequest,
  id: number,
): Promise<void> {
  try {
    await ask(`delete a second comment in ${owner}/${repo}`, () =>
      octokit.rest.issues.deleteComment({ owner, repo, comment_id: id }),
    );
  } catch (error) {
    if (!(error instanceof GitHubError) || error.code !== 'github/not-found') throw error;
  }
}
