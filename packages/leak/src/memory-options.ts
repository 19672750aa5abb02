import type { ParamSpace } from '@perf/schema';

export interface MemoryOptions<Space extends ParamSpace = ParamSpace> {
  /** Values by parameter; the probe runs at every combination of them. */
  readonly params?: Space;
  /** Time to measure and to profile in each process [ms], in place of the run's. */
  readonly timeMs?: number;
  /** Allocation sites to keep at most; whole number from 1, default 20. */
  readonly top?: number;
  /** Time after which a process of this probe is killed [ms], in place of the run's. */
  readonly deadlineMs?: number;
  /** Words to select the probe by, with --tag and --not-tag. */
  readonly tags?: readonly string[];
}
