import { describeError } from '@perf/schema/core';
import { wholeNumber } from '../check-options.js';
import { LeakError } from '../leak-error.js';
import { checkChoice } from './check-choice.js';
import type { HeapProfile } from './heap-profile.js';

/** Mean distance between sampled bytes: the inspector's own default. */
const INTERVAL_BYTES = 32_768;

export interface HeapProfilerOptions {
  /** Mean number of bytes allocated between samples; whole number from 1, default 32,768. */
  readonly intervalBytes?: number;
  /**
   * `live` (default): what was allocated since the start and is still there. `allocated`: all that was allocated since
   * then; V8 keeps every sample until the end.
   */
  readonly counts?: 'live' | 'allocated';
}

/** A heap profiler at work, from `startHeapProfiler` to `stop`. */
export interface HeapProfiler {
  /**
   * What was allocated since the start, as a profile; the sampling goes on. V8 collects all garbage first.
   *
   * @throws {LeakError} `leak/inspector` after `stop`, or if another profiler of this thread ended the sampling.
   */
  snapshot(): Promise<HeapProfile>;
  /** Ends it; nothing stays enabled. A second time it does nothing. */
  stop(): void;
}

/** V8 has one sampler per thread: a second start changes nothing, and the first end ends both. */
let isSampling = false;

/**
 * Starts V8's sampling of what this thread allocates on its heap: on average one sample every `intervalBytes`, each with
 * up to 128 functions of its stack. Buffers outside of the V8 heap are not seen. What V8 inlines counts for the function
 * that it was inlined into.
 *
 * Not between two heap snapshots that are to be compared: V8 forgets the ids of all objects when it ends.
 *
 * @throws {LeakError} `leak/option`; `leak/inspector` where V8 gives no session, or while another of this package is at
 * work in this thread.
 *
 * Cost: 1 to 30 µs of CPU for each sample, the deeper the stack the more; a full collection for each snapshot.
 * Source: V8's SamplingHeapProfiler through the `HeapProfiler` domain of the inspector; no port is opened.
 */
export async function startHeapProfiler(options: HeapProfilerOptions = {}): Promise<HeapProfiler> {
  const { intervalBytes = INTERVAL_BYTES, counts = 'live' } = options;
  wholeNumber('intervalBytes', intervalBytes, 1);
  checkChoice('counts', counts, ['live', 'allocated']);
  if (isSampling) {
    throw new LeakError('leak/inspector', 'The heap of this thread is being profiled already.', {
      remedy: 'Wait for the end of that profile: V8 has one sampler per thread.',
    });
  }
  isSampling = true;
  try {
    return await begin(intervalBytes, counts === 'allocated');
  } catch (cause) {
    isSampling = false;
    throw refused(cause);
  }
}

async function begin(samplingInterval: number, includeCollected: boolean): Promise<HeapProfiler> {
  const { Session } = await import('node:inspector/promises');
  const session = new Session();
  session.connect();
  try {
    await session.post('HeapProfiler.startSampling', {
      samplingInterval,
      includeObjectsCollectedByMajorGC: includeCollected,
      includeObjectsCollectedByMinorGC: includeCollected,
    });
  } catch (error) {
    session.disconnect();
    throw error;
  }
  let isStopped = false;
  return {
    async snapshot() {
      try {
        const { profile } = await session.post('HeapProfiler.getSamplingProfile');
        return profile as typeof profile & HeapProfile;
      } catch (cause) {
        throw refused(cause);
      }
    },
    stop() {
      if (isStopped) return;
      isStopped = true;
      isSampling = false;
      session.disconnect();
    },
  };
}

function refused(cause: unknown): LeakError {
  return new LeakError('leak/inspector', `V8 does not sample the heap: ${describeError(cause)}`, {
    remedy: 'Use a Node.js with the inspector, start it without another profiler, and ask before stop().',
    cause,
  });
}
