import type { ProbeId } from '@perf/schema';
import type { LoadingOptions } from './protocol.js';

/** One version of the code: a folder with perf files of its own. */
export interface Variant {
  readonly label: string;
  /** Absolute folder; the working directory of its probes. */
  readonly root: string;
  /** Absolute paths of its perf files. */
  readonly files: readonly string[];
}

export interface MeasurePlan {
  readonly variants: readonly Variant[];
  /** Fresh processes for every probe of every variant. */
  readonly processes: number;
  /** Time for samples and at most for warm-up in each process [ms]. */
  readonly budget: { readonly timeMs: number; readonly warmupMs: number };
  /** Time after which a process is killed [ms], unless its probe says otherwise. */
  readonly deadlineMs: number;
  /** Orders the probes; also what each probe's own seed is derived from. */
  readonly seed: number;
  /** Aborting it ends the running process and then the run. */
  readonly signal: AbortSignal;
  readonly loading: LoadingOptions;
  /** Only probes for which it is true are measured. */
  readonly select?: (probe: ProbeId) => boolean;
}
