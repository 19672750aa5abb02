import { collectGarbage, watch } from '@perf/monitor';
import type { Measurement } from '@perf/schema';
import { median } from '@perf/stats';
import { type Reference, ReferenceReader } from './reference.js';
import { beginReference, warmReference } from './reference-kernel.js';
import { type Batches, sampleBatches } from './sample-batches.js';
import { type WarmUp, warmUp } from './warm-up.js';
import type { Workload } from './workload.js';

/** So many samples are taken even after the time is up: slow functions still get a distribution. */
const MIN_SAMPLES = 5;

/** What warming up and sampling gave. */
export interface Sampled {
  readonly warm: WarmUp;
  /** Batches before the first sample. */
  readonly before: number;
  readonly batches: Batches;
  /** Median time per operation [ns]. */
  readonly time: number;
  /** Absent for functions that wait: their time does not follow the speed of the machine. */
  readonly reference: Reference | undefined;
  readonly resources: Measurement['resources'];
}

/**
 * Warms up, collects garbage fully and takes samples under observation, with readings of the reference kernel between
 * them.
 *
 * @param times - For samples and for the longest warm-up [ms].
 * @throws the signal's reason once it is aborted.
 */
export async function takeSamples(
  workload: Workload,
  { timeMs, warmupMs }: { readonly timeMs: number; readonly warmupMs: number },
  signal: AbortSignal,
): Promise<Sampled> {
  beginReference();
  const warm = await warmUp(workload, warmupMs, signal);
  const before = warm.history.count;
  if (!warm.waits) warmReference();
  collectGarbage();
  const watching = watch();
  const reader = warm.waits ? undefined : new ReferenceReader(warm.batchNs);
  const batches = await sampleBatches(workload, {
    batch: warm.batch,
    timeMs,
    atLeast: MIN_SAMPLES,
    signal,
    dropPreempted: !warm.waits,
    onBatch: (time, preempted) => {
      warm.history.push(time, preempted);
      reader?.onBatch(time, preempted);
    },
  });
  const resources = await watching.stop();
  return { warm, before, batches, time: median(batches.samples), reference: reader?.result(), resources };
}
