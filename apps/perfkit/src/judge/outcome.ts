import type { Comparison, Run } from '@perf/schema';
import { severities } from '@perf/schema/core';
import type { Config } from '../config/config.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';

/** Least severity that fails, beside `undecided`, which fails on what could not be decided. */
export type FailOn = NonNullable<Config['failOn']>;

export const failOnValues: readonly FailOn[] = [...severities, 'undecided', 'never'];

/**
 * The exit code that a judged run deserves. A regression outranks a failed probe, that one what is undecided.
 *
 * @param failOn - `undecided` fails on critical regressions too.
 */
export function outcomeOf(
  runs: readonly Run[],
  comparison: Comparison | undefined,
  failOn: FailOn = 'critical',
): ExitCode {
  if (runs.some((run) => run.status === 'interrupted')) return exitCodes.interrupted;
  const compared = comparison?.comparisons ?? [];
  const least = failOn === 'undecided' ? 'critical' : failOn;
  const failing: readonly string[] = least === 'never' ? [] : severities.slice(severities.indexOf(least));
  if (compared.some(({ verdict, severity }) => verdict === 'regressed' && failing.includes(severity ?? ''))) {
    return exitCodes.regression;
  }
  const failed = runs.some((run) => run.measurements.some(({ status }) => status !== 'ok'));
  if (failed) return exitCodes.probeFailed;
  if (failOn === 'undecided' && compared.some(({ verdict }) => verdict === 'undecided'))
    return exitCodes.undecided;
  return exitCodes.fine;
}

/** Says so where something regressed and the exit code is 0 all the same: nobody should have to guess why. */
export function tellToleration(
  comparison: Comparison | undefined,
  outcome: ExitCode,
  failOn: FailOn = 'critical',
  progress: { say(line: string): void },
): void {
  const regressed = (comparison?.comparisons ?? []).some(({ verdict }) => verdict === 'regressed');
  if (!regressed || outcome !== exitCodes.fine) return;
  progress.say(
    `Exit code 0: no regression is as severe as --fail-on ${failOn}. With --fail-on minor any of them fails.`,
  );
}
