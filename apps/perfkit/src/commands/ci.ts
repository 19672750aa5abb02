import { type ExitCode, exitCodes } from '../exit-codes.js';
import { type CommentFlags, commentRun } from '../github/comment-run.js';
import { type RunChoice, reportedRun } from '../github/reported-run.js';
import { summariseRun } from '../github/summarise-run.js';
import { type FailOn, outcomeOf } from '../judge/outcome.js';

interface CiArguments extends RunChoice, CommentFlags {
  readonly action: 'comment' | 'summary';
  readonly failOn?: FailOn | undefined;
  readonly exitZero: boolean;
  readonly json: boolean;
}

/**
 * `perfkit ci comment | summary`: a run on GitHub.
 *
 * Ends as `perfkit run` would for that run, whether or not there was a pull request to comment on: a line in a
 * workflow must not pass on a push what it fails on a pull request. With `--exit-zero` only what could not be done
 * fails.
 */
export async function ci(argv: CiArguments): Promise<ExitCode> {
  const reported = await reportedRun(argv);
  const { config } = reported.loaded;
  const policy = { failOn: argv.failOn ?? config.failOn, failOnLeak: config.failOnLeak };
  const outcome = outcomeOf(reported.runs, reported.run.comparison, policy);
  if (argv.action === 'comment') await commentRun(argv, reported, outcome);
  else summariseRun(argv, reported, policy, outcome);
  return argv.exitZero ? exitCodes.fine : outcome;
}
