import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { UsageError } from '../usage-error.js';
import type { GitHub } from './connect.js';
import { GitHubError } from './github-error.js';

/** A pull request of a repository. */
export interface PullRequest {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** What a workflow on `workflow_run` is told, by GitHub itself, of the run it follows. */
const followedSchema = z.object({
  event: z.string(),
  head_sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  head_branch: z.string().nullable(),
  head_repository: z.object({ full_name: z.string(), owner: z.object({ login: z.string() }) }).nullable(),
});
type Followed = z.infer<typeof followedSchema>;

const numbered = z.object({ number: z.int().positive() });
const eventSchema = z.object({
  pull_request: numbered.optional(),
  /** An issue that is a pull request says so. */
  issue: numbered.extend({ pull_request: z.unknown().optional() }).optional(),
  workflow_run: followedSchema.optional(),
});

/** Where a comment may go, from flags and environment. */
export interface Whereabouts {
  readonly owner: string;
  readonly repo: string;
  readonly number: number | undefined;
  /** The run that this workflow follows. The pull request must have its commit at its head. */
  readonly followed: Followed | undefined;
}

/**
 * Where the flags and GitHub's environment say that a comment goes: `undefined` if they know of no pull request.
 *
 * @throws {UsageError} `usage/repo`, `usage/pull`; {GitHubError} `github/event` if the event cannot be read.
 */
export function whereabouts(
  flags: { readonly repo?: string | undefined; readonly pull?: string | undefined },
  env: NodeJS.ProcessEnv,
): Whereabouts | undefined {
  const named = flags.repo ?? env.GITHUB_REPOSITORY ?? '';
  const event = sameRepository(flags.repo, env.GITHUB_REPOSITORY) ? readEvent(env.GITHUB_EVENT_PATH) : {};
  const followed = event.workflow_run?.event.startsWith('pull_request') ? event.workflow_run : undefined;
  const ofEvent =
    event.pull_request?.number ?? (event.issue?.pull_request === undefined ? undefined : event.issue.number);
  const number = flags.pull === undefined ? ofEvent : pullNumber(flags.pull);
  if (number === undefined && followed === undefined) {
    if (flags.repo === undefined) return undefined;
    throw new UsageError('usage/pull', '--repo names a repository, and nothing names the pull request.', {
      seen: flags.repo,
      remedy: 'Give its number with --pull.',
    });
  }
  const [, owner, repo] = /^([A-Za-z0-9_-]+)\/([\w.-]+)$/.exec(named) ?? [];
  if (owner === undefined || repo === undefined || /^\.+$/.test(repo)) {
    throw new UsageError('usage/repo', `The repository is "${named}".`, {
      seen: named,
      remedy: 'Give it as owner/name with --repo, or in GITHUB_REPOSITORY.',
    });
  }
  return { owner, repo, number, followed };
}

/**
 * The pull request itself. After a run that is followed it is the open one whose head is that run's commit: GitHub's
 * event says which, so that nothing has to be taken on trust from an artifact.
 *
 * @returns `undefined` if none has this commit at its head any more: a newer run comments.
 * @throws {GitHubError} `github/pull` if the number given is of another commit, or several have this one.
 */
export async function pullRequestAt(
  { octokit, ask }: GitHub,
  { owner, repo, number, followed }: Whereabouts,
): Promise<PullRequest | undefined> {
  if (followed === undefined) return { owner, repo, number: number as number };
  if (number !== undefined) {
    const { data } = await ask(`read ${owner}/${repo}#${number}`, () =>
      octokit.rest.pulls.get({ owner, repo, pull_number: number }),
    );
    if (data.head.sha === followed.head_sha) return { owner, repo, number };
    throw new GitHubError('github/pull', `${owner}/${repo}#${number} has another commit at its head.`, {
      seen: data.head.sha,
      remedy: `The run measured ${followed.head_sha}. Leave out --pull to find its pull request.`,
    });
  }
  const { head_branch: branch, head_repository: from, head_sha: sha } = followed;
  if (branch === null || from === null) return undefined;
  const open = await ask(`list the pull requests of ${owner}/${repo}`, () =>
    octokit.paginate(octokit.rest.pulls.list, {
      owner,
      repo,
      state: 'open',
      head: `${from.owner.login}:${branch}`,
      per_page: 100,
    }),
  );
  const [pull, ...more] = open.filter(
    ({ head }) => head.sha === sha && head.repo?.full_name === from.full_name,
  );
  if (pull === undefined) return undefined;
  if (more.length === 0) return { owner, repo, number: pull.number };
  const numbers = [pull, ...more].map((one) => `#${one.number}`).join(', ');
  throw new GitHubError('github/pull', `Several pull requests have this commit at their head: ${numbers}.`, {
    seen: sha,
    remedy: 'Say which with --pull.',
  });
}

/** An event speaks of the repository it happened in. */
function sameRepository(flag: string | undefined, own: string | undefined): boolean {
  return flag === undefined || flag.toLowerCase() === own?.toLowerCase();
}

function readEvent(path: string | undefined): z.infer<typeof eventSchema> {
  if (path === undefined || path === '') return {};
  try {
    return eventSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new GitHubError('github/event', `The event in ${path} cannot be read.`, {
      seen: path,
      remedy:
        'GITHUB_EVENT_PATH is set by GitHub Actions; elsewhere leave it out and give --repo and --pull.',
      cause: error,
    });
  }
}

function pullNumber(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new UsageError('usage/pull', `--pull is "${text}".`, {
    seen: text,
    remedy: 'Give the number of a pull request, such as 7.',
  });
}
