import type { StageRecorder } from '../recording/stage-recorder.js';

/** What both models need to run one stage. */
export interface StageRun {
  /** One operation. May be synchronous; a throw or a rejection is a failure. */
  readonly call: () => unknown;
  readonly stage: StageRecorder;
  readonly signal: AbortSignal;
  /** How long operations in flight are waited for when the time is up [ms]. */
  readonly drainMs: number;
  /** Open model: calls in flight at most. */
  readonly maxInFlight: number;
}

/** How a stage went. */
export interface StageEnd {
  /** On the clock of `performance.now()` [ms]; `to` is when it was meant to end. */
  readonly from: number;
  readonly to: number;
  /** Successful operations a second. */
  readonly throughput: number;
  /** Open model: whether arrivals waited because too many calls were in flight. */
  readonly capped: boolean;
  /** Open model: whether the target served clearly fewer than arrived. */
  readonly behind: boolean;
}

/** Waits for a promise, at most so long [ms]. @throws the signal's reason as soon as it is aborted. */
export async function settled(promise: Promise<unknown>, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  let abort: (() => void) | undefined;
  const limits = new Promise<void>((resolve, reject) => {
    timer = setTimeout(resolve, ms);
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    await Promise.race([promise, limits]);
  } finally {
    clearTimeout(timer);
    if (abort !== undefined) signal.removeEventListener('abort', abort);
  }
}
