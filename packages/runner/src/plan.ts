import type { Budget, ProbeId, ProbeNews } from '@perf/schema';
import type { Launch } from './fork-options.js';
import type { NextStep, Pairing } from './lockstep/pairing.js';
import type { LoadingOptions } from './protocol.js';

/** One version of the code: a folder with perf files of its own. */
export interface Variant extends Launch {
  readonly label: string;
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
  /** Only probes for which it is true are measured. Asked once for every probe of every variant, by its place in `variants`, with its tags. */
  readonly select?: (probe: ProbeId, variant: number, tags: readonly string[]) => boolean;
  /** Whether a file with a probe marked `only` stops the run before anything is measured. Default false. */
  readonly forbidOnly?: boolean;
  /** How two variants are measured in turns, where that can be; without it each process measures for itself. */
  readonly inTurns?: {
    readonly pairing: Pairing;
    readonly nextStep: NextStep;
  };
  /** Called with what the probe that runs tells of itself. */
  readonly onNews?: (probe: ProbeId, news: ProbeNews) => void;
}
