import type { Budget, Measurement } from '@perf/schema';
import { againstExpectation } from './expected-failure.js';
import { failedMeasurement, failureOfEnding } from './failed-measurement.js';
import type { Launch } from './fork-options.js';
import type { MeasurePlan } from './plan.js';
import { runTask } from './probe-process.js';
import type { PlannedProbe } from './protocol.js';
import type { Reaper } from './reaper/reaper.js';
import { receivedMeasurement } from './received-measurement.js';

/** A longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type OnceOptions = Pick<MeasurePlan, 'deadlineMs' | 'seed' | 'signal' | 'loading' | 'onNews'> & {
  readonly budget: Budget;
  readonly variant: Launch;
  readonly marker: string;
  readonly reaper: Reaper;
};

/** A time after which a process is killed [ms], as long as a timer can be. */
export function withinTimers(deadlineMs: number): number {
  return Math.min(deadlineMs, LONGEST_TIMER_MS);
}

/**
 * Measures one probe in one fresh process. One that is known to fail is held against that.
 *
 * @returns Its measurement, a failed one if the process gave none, or `undefined` if it was interrupted.
 */
export async function measureOnce(
  planned: PlannedProbe,
  index: number,
  options: OnceOptions,
): Promise<Measurement | undefined> {
  const measurement = await measuredOnce(planned, index, options);
  return planned.fails === true && measurement !== undefined
    ? againstExpectation(measurement, planned.file, options.variant.root)
    : measurement;
}

async function measuredOnce(
  planned: PlannedProbe,
  index: number,
  options: OnceOptions,
): Promise<Measurement | undefined> {
  const { file, probe, deadlineMs = options.deadlineMs } = planned;
  const limitMs = withinTimers(deadlineMs);
  const startedAt = new Date();
  const context = {
    probe,
    processIndex: index,
    budget: options.budget,
    seed: options.seed + index,
    deadline: startedAt.getTime() + limitMs,
  };
  const ending = await runTask(
    { do: 'measure', file, context },
    {
      variant: options.variant,
      loading: options.loading,
      plain: planned.plain,
      marker: options.marker,
      deadlineMs: limitMs,
      signal: options.signal,
      reaper: options.reaper,
      onNews: (news) => options.onNews?.(probe, news),
    },
  );
  if (ending.how === 'interrupted') return undefined;
  const seen = { probe, index, pid: ending.pid, seed: context.seed, startedAt };
  if (ending.how !== 'answered' || ending.answer.did !== 'measure') {
    return failedMeasurement({ ...seen, ...failureOfEnding(ending, limitMs) });
  }
  return receivedMeasurement(ending.answer.measurement, seen);
}
