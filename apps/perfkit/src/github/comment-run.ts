import { relative, resolve, sep } from 'node:path';
import { visible } from '@perf/report';
import { adviceOn } from '../judge/advice-on.js';
import { log, print } from '../terminal/streams.js';
import { connect } from './connect.js';
import { drawMarkdown } from './draw-markdown.js';
import { defaultKey, markerOf } from './marker.js';
import { pullRequestAt, whereabouts } from './pull-request.js';
import type { ReportedRun } from './reported-run.js';
import { LONGEST_COMMENT, putComment } from './sticky-comment.js';

/** Flags of `perfkit ci comment`. */
export interface CommentFlags {
  readonly key?: string | undefined;
  readonly repo?: string | undefined;
  readonly pull?: string | undefined;
  readonly json: boolean;
}

/**
 * Puts a run into the one comment of its job on the pull request, and tells what became of it.
 *
 * Outside a pull request there is nothing to do; that is told on stderr.
 *
 * @param outcome - Exit code that the run deserves, for `--json`.
 * @throws {GitHubError} or {UsageError}
 */
export async function commentRun(
  flags: CommentFlags,
  { run, baseline, loaded }: ReportedRun,
  outcome: number,
): Promise<void> {
  const { env } = process;
  const workspace = resolve(env.GITHUB_WORKSPACE || process.cwd());
  const configured = relative(workspace, loaded.file ?? loaded.folder)
    .split(sep)
    .join('/');
  const marker = markerOf(flags.key ?? defaultKey(env, configured));
  const tellNone = (reason: string) => {
    if (flags.json) print(JSON.stringify({ comment: { action: 'none', reason }, outcome }, null, 2));
    log(`No comment: ${reason}`);
  };
  const where = whereabouts(flags, env);
  if (where === undefined) {
    tellNone('this is no run for a pull request. To comment on one all the same, give --repo and --pull.');
    return;
  }
  const github = connect(env.GITHUB_API_URL || 'https://api.github.com', env.GITHUB_TOKEN);
  const pull = await pullRequestAt(github, where);
  if (pull === undefined) {
    tellNone('no open pull request has the measured commit at its head any more.');
    return;
  }
  const footer = footerOf(env);
  const room = LONGEST_COMMENT - marker.length - footer.length - '\n'.length;
  const report = drawMarkdown(run, adviceOn(run, baseline), room).trimEnd();
  const put = await putComment(github, pull, marker, `${marker}\n${report}${footer}`);
  const removed = put.removed === 0 ? '' : ` Deleted ${put.removed} more of ours with the same key.`;
  const text = `${put.action === 'created' ? 'Created' : 'Updated'} ${visible(put.url)}.${removed}`;
  print(flags.json ? JSON.stringify({ comment: { ...put, pull: pull.number }, outcome }, null, 2) : text);
}

/** Where the figures come from: the workflow's run, if there is one. Nothing of it is from the document. */
function footerOf(env: NodeJS.ProcessEnv): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env;
  if (!server || !repository || !id) return '';
  return `\n\n<sub>[Workflow run](${server}/${repository}/actions/runs/${id})</sub>`;
}
