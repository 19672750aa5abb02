import { clockStep } from '@perf/monitor';
import type { Warning } from '@perf/schema';
import { isTimedEach } from './batch-hooks.js';
import type { EmptyCosts } from './empty-costs.js';
import type { Steadiness } from './history.js';
import type { Batches } from './sample-batches.js';
import type { WarmUp } from './warm-up.js';
import type { Workload } from './workload.js';

/** Fewer samples than this make a rough distribution; the median of a process still counts. */
const FEW_SAMPLES = 20;
/** A call that is timed for itself is to take so many times what reading the clock takes, and its step. */
const CLEAR_OF_CLOCK = 10;
/** Of the samples, so many may have been taken before the steady state. */
const UNSTEADY_SHARE = 0.1;

export interface BenchCourse {
  readonly workload: Workload;
  readonly warm: WarmUp;
  /** Batches before the first sample. */
  readonly before: number;
  readonly steadiness: Steadiness | undefined;
  readonly batches: Batches;
  readonly time: number;
  readonly empty: EmptyCosts;
}

/** What a reader has to know about how the figures came about. */
export function benchWarnings(course: BenchCourse): Warning[] {
  return [...ofSpeed(course), ...ofClock(course), ...ofNumber(course.batches)];
}

function ofSpeed({ steadiness, warm, before }: BenchCourse): Warning[] {
  if (!isSteady(steadiness, warm, before)) {
    const message =
      'Its speed still changed when the warm-up was over: give it a longer warm-up (warmupMs of bench(), or warmup in perf.config.yaml), or a quieter machine.';
    return [{ code: 'bench/not-steady', message }];
  }
  if (steadiness?.class !== 'slow-down') return [];
  const message =
    'It was faster before it became steady, and what is measured is the slower state: V8 gave optimised code up, memory filled, or the machine became busier.';
  return [{ code: 'bench/slow-down', message }];
}

function isSteady(steadiness: Steadiness | undefined, { agreed, history }: WarmUp, before: number): boolean {
  if (steadiness === undefined) return agreed;
  if (steadiness.steadyFrom === undefined) return false;
  const sampled = history.count - before;
  return steadiness.steadyFrom <= before + UNSTEADY_SHARE * sampled;
}

function ofClock({ workload, time, empty }: BenchCourse): Warning[] {
  if (!isTimedEach(workload.hooks)) return [];
  const clock = Math.max(clockStep(), workload.asynchronous ? empty.await : empty.call);
  if (time >= CLEAR_OF_CLOCK * clock) return [];
  const message =
    'Each call is timed for itself, because of beforeEach or afterEach, and takes less than ten times what reading the clock takes (empty_call, empty_await): do more in one call, or take beforeBatch and afterBatch.';
  return [{ code: 'bench/near-clock', message }];
}

function ofNumber({ samples }: Batches): Warning[] {
  if (samples.length >= FEW_SAMPLES) return [];
  const message = `Fewer than ${FEW_SAMPLES} samples a process: give it more time (timeMs of bench(), time in perf.config.yaml, or --time).`;
  return [{ code: 'bench/few-samples', message }];
}
