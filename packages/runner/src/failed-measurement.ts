import { type Failure, type Measurement, measurementOf, type ProbeId } from '@perf/schema';
import type { Ending } from './probe-process.js';

/** The measurement that stands for a process which gave none. */
export function failedMeasurement(seen: {
  probe: ProbeId;
  index: number;
  pid: number;
  seed: number;
  startedAt: Date;
  status: 'failed' | 'timed-out' | 'crashed';
  error: Failure;
}): Measurement {
  return measurementOf({
    probe: seen.probe,
    process: { index: seen.index, pid: seen.pid },
    startedAt: seen.startedAt.toISOString(),
    elapsed: Math.max(0, Date.now() - seen.startedAt.getTime()) * 1e6,
    seed: seen.seed,
    status: seen.status,
    error: seen.error,
  });
}

/** Why a process gave no measurement, as a status and a reason for people. */
export function failureOfEnding(
  ending: Exclude<Ending, { how: 'interrupted' }>,
  deadlineMs: number,
): { status: 'failed' | 'timed-out' | 'crashed'; error: Failure } {
  const output = ending.output === '' ? {} : { output: ending.output };
  if (ending.how === 'timed-out') {
    const message = `Still running after its deadline of ${deadlineMs / 1000} s, and killed. Raise the deadline, or look for what it waits for.`;
    return { status: 'timed-out', error: { code: 'runner/timed-out', message, ...output } };
  }
  if (ending.how === 'answered') {
    if (ending.answer.did === 'fail')
      return { status: 'failed', error: { ...ending.answer.failure, ...output } };
    const message = `Answered "${String(ending.answer.did)}" to another question.`;
    return { status: 'failed', error: { code: 'runner/protocol', message, ...output } };
  }
  const { exitCode, signal } = ending;
  const how = signal === null ? `exited with code ${exitCode}` : `was killed by ${signal}`;
  const hint = signal === 'SIGKILL' ? ' Memory may have run out: the kernel kills so.' : '';
  const message = `Its process ${how} before it had finished.${hint}`;
  return { status: 'crashed', error: { code: 'runner/crashed', message, exitCode, signal, ...output } };
}
