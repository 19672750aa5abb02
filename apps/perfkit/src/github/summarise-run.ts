import { resolve } from 'node:path';
import { adviceOn } from '../judge/advice-on.js';
import type { FailPolicy } from '../judge/outcome.js';
import { log, print } from '../terminal/streams.js';
import { UsageError } from '../usage-error.js';
import { annotationsOf } from './annotations.js';
import { drawMarkdown } from './draw-markdown.js';
import type { ReportedRun } from './reported-run.js';
import { appendStepSummary } from './step-summary.js';
import { workflowCommand } from './workflow-command.js';

/** Where there is no limit [characters]. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

/**
 * Puts a run into the summary of the step, and its worst findings as annotations on stdout, where GitHub Actions
 * reads them. Outside of it, stdout has the report as Markdown.
 *
 * @param outcome - Exit code that the run deserves, for `--json`.
 * @throws {UsageError} `usage/summary` if the summary cannot be written.
 */
export function summariseRun(
  { json }: { readonly json: boolean },
  { run, baseline, loaded }: ReportedRun,
  policy: FailPolicy,
  outcome: number,
): void {
  const { GITHUB_STEP_SUMMARY: file, GITHUB_ACTIONS: actions, GITHUB_WORKSPACE: top } = process.env;
  const advice = adviceOn(run, baseline);
  const where = { folder: loaded.folder, workspace: resolve(top || process.cwd()) };
  const { annotations, omitted } = annotationsOf(run, advice, policy, where);
  const draw = (maxLength: number) => drawMarkdown(run, advice, maxLength);
  if (file) writeSummary(file, draw);
  if (json) print(JSON.stringify({ annotations, omitted, outcome }, null, 2));
  else {
    if (!file) print(draw(UNLIMITED));
    if ((file || actions === 'true') && annotations.length > 0) {
      print(annotations.map(workflowCommand).join('\n'));
    }
  }
  if (omitted > 0) log(`GitHub shows 10 annotations of a kind: ${omitted} more are in the summary only.`);
}

function writeSummary(file: string, draw: (maxLength: number) => string): void {
  try {
    if (appendStepSummary(file, draw) === 0)
      log('The summary of this step is full: nothing was added to it.');
  } catch (error) {
    throw new UsageError('usage/summary', `The summary cannot be written: ${(error as Error).message}.`, {
      seen: file,
      remedy: 'GITHUB_STEP_SUMMARY names a file that the step may write to.',
      cause: error,
    });
  }
}
