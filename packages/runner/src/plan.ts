import type { Budget, ProbeId, ProbeNews } from '@perf/schema';
import type { LoadingOptions } from './protocol.js';

/** One version of the code: a folder with perf files of its own. */
export interface Variant {
  readonly label: string;
  /** Absolute folder; the working directory of its probes. */
  readonly root: string;
  /** Absolute paths of its perf files. */
  readonly files: readonly string[];
}

/** What is spent on one probe. */
export interface Effort {
  /** Fresh processes for every variant. */
  readonly processes: number;
  /** Of each of them. */
  readonly budget: Budget;
}

export interface MeasurePlan {
  readonly variants: readonly Variant[];
  /** Asked once for every probe of every variant. */
  readonly effortOf: (probe: ProbeId) => Effort;
  /** Time after which a process is killed [ms], unless its probe says otherwise. */
  readonly deadlineMs: number;
  /** Orders the probes; also what each probe's own seed is derived from. */
  readonly seed: number;
  /** Aborting it ends the running process and then the run. */
  readonly signal: AbortSignal;
  readonly loading: LoadingOptions;
  /** Only probes for which it is true are measured. */
  readonly select?: (probe: ProbeId) => boolean;
  /** Called with what the probe that runs tells of itself. */
  readonly onNews?: (probe: ProbeId, news: ProbeNews) => void;
}
