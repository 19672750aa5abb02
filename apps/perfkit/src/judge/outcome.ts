import type { Compared, Comparison, Run } from '@perf/schema';
import { severities } from '@perf/schema/core';
import type { Config } from '../config/config.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';

/** Least severity that fails, beside `undecided`, which fails on what could not be decided. */
export type FailOn = NonNullable<Config['failOn']>;

export const failOnValues: readonly FailOn[] = [...severities, 'undecided', 'never'];

/** What of a configuration says which results fail. */
export interface FailPolicy {
  /** `undecided` fails on critical regressions too; `never` on no regression, gate or leak. */
  readonly failOn?: FailOn | undefined;
  readonly failOnLeak?: boolean | undefined;
}

/**
 * The exit code that judged runs deserve. Regressions, broken gates and leaks outrank a failed probe, that one a gate
 * that nothing was held against, and that one what is undecided.
 *
 * @param runs - The last one is what is judged; one before it is its reference.
 */
export function outcomeOf(
  runs: readonly Run[],
  comparison: Comparison | undefined,
  { failOn = 'critical', failOnLeak = true }: FailPolicy,
): ExitCode {
  if (runs.some((run) => run.status === 'interrupted')) return exitCodes.interrupted;
  const judged = runs.at(-1);
  const gates = judged?.gates ?? [];
  const compared = comparison?.comparisons ?? [];
  if (failOn !== 'never') {
    const regressed = compared.some((one) => failsAs(one, failOn));
    const leaking = failOnLeak && (judged?.leaks ?? []).some(({ verdict }) => verdict === 'leaking');
    if (regressed || leaking || gates.some(({ state }) => state === 'failed')) return exitCodes.regression;
  }
  if (runs.some((run) => run.measurements.some(({ status }) => status !== 'ok')))
    return exitCodes.probeFailed;
  if (failOn !== 'never' && gates.some(({ state }) => state === 'not-measured')) return exitCodes.regression;
  const undecided = [...compared.map(({ verdict }) => verdict), ...gates.map(({ state }) => state)];
  if (failOn === 'undecided' && undecided.includes('undecided')) return exitCodes.undecided;
  return exitCodes.fine;
}

/** Whether a comparison is a regression that fails: severe enough, and not accepted for a while. */
export function failsAs({ verdict, severity, waiver }: Compared, failOn: FailOn): boolean {
  if (failOn === 'never' || verdict !== 'regressed' || severity === undefined) return false;
  const least = failOn === 'undecided' ? 'critical' : failOn;
  return waiver?.holds !== true && severities.indexOf(severity) >= severities.indexOf(least);
}

/**
 * Says why the exit code is what it is where a person might not guess: what failed beside regressions, and regressions
 * that do not fail.
 */
export function tellOutcome(
  run: Run,
  outcome: ExitCode,
  failOn: FailOn = 'critical',
  progress: { say(line: string): void },
): void {
  for (const { metric, state, reason } of run.gates ?? []) {
    if (state === 'not-measured')
      progress.say(`The gate on ${metric} was not held against anything: ${reason ?? 'not measured'}.`);
  }
  const regressions = (run.comparison?.comparisons ?? []).filter(({ verdict }) => verdict === 'regressed');
  const waived = regressions.filter(({ waiver }) => waiver?.holds === true);
  if (waived.length > 0) {
    const critical = waived.filter(({ severity }) => severity === 'critical').length;
    const much = critical === 0 ? '' : `, ${critical} of them critical`;
    progress.say(
      `Accepted for a while, and not counted: ${waived.length} of ${regressions.length} regressions${much}.`,
    );
  }
  const regressed = regressions.length > waived.length;
  if (!regressed || outcome !== exitCodes.fine) return;
  progress.say(
    failOn === 'never'
      ? 'Exit code 0 in spite of regressions: --fail-on never.'
      : `Exit code 0: no regression is as severe as --fail-on ${failOn}. With --fail-on minor any of them fails.`,
  );
}
