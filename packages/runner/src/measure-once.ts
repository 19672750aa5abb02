import {
  type Budget,
  contentId,
  describeError,
  type Measurement,
  probeKey,
  readDocument,
} from '@perf/schema';
import { failedMeasurement, failureOfEnding } from './failed-measurement.js';
import type { MeasurePlan } from './plan.js';
import { runTask } from './probe-process.js';
import type { PlannedProbe } from './protocol.js';
import type { Reaper } from './reaper/reaper.js';

/** A longer one fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

type OnceOptions = Pick<MeasurePlan, 'deadlineMs' | 'seed' | 'signal' | 'loading' | 'onNews'> & {
  readonly budget: Budget;
  readonly root: string;
  readonly marker: string;
  readonly reaper: Reaper;
};

/**
 * Measures one probe in one fresh process.
 *
 * @returns Its measurement, a failed one if the process gave none, or `undefined` if it was interrupted.
 */
export async function measureOnce(
  { file, probe, deadlineMs }: PlannedProbe,
  index: number,
  options: OnceOptions,
): Promise<Measurement | undefined> {
  const limitMs = Math.min(deadlineMs ?? options.deadlineMs, LONGEST_TIMER_MS);
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
      cwd: options.root,
      loading: options.loading,
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
  try {
    const measurement = readDocument('measurement', ending.answer.measurement);
    const { id: _, ...body } = measurement;
    // Whatever id it came with: it follows from the content, and the process is not trusted to know it.
    if (probeKey(measurement.probe) === probeKey(probe)) return { ...body, id: contentId(body) };
    const message = 'The probe gave a measurement under another name than its own.';
    return failedMeasurement({ ...seen, status: 'failed', error: { code: 'runner/protocol', message } });
  } catch (error) {
    const failure = { code: 'runner/protocol', message: describeError(error) };
    return failedMeasurement({ ...seen, status: 'failed', error: failure });
  }
}
