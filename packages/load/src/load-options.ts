import type { ParamSpace } from '@perf/schema';

/** How long operations in flight are waited for at the end of a stage, unless an option says otherwise [ms]. */
export const DRAIN_MS = 10_000;

/** One point of a parameter space, with the types that its values have. */
export type PointOf<Space extends ParamSpace> = { readonly [Name in keyof Space]: Space[Name][number] };

/** Limits that the probe sets itself: a run fails on a process that exceeds one. */
export interface LoadThresholds {
  /** Response times at most [ms], by quantile. */
  readonly p50Ms?: number;
  readonly p90Ms?: number;
  readonly p99Ms?: number;
  readonly p999Ms?: number;
  /** Share of operations that fail at most, in [0, 1]. */
  readonly errorRate?: number;
  /** Successful operations a second at least. */
  readonly rate?: number;
}

export interface LoadOptions<Space extends ParamSpace = ParamSpace> {
  /** Values by parameter; the load runs at every combination of them. */
  readonly params?: Space;
  readonly thresholds?: LoadThresholds;
  /** Load before the first stage that is not counted [ms]; default: the run's warm-up, at most a tenth of the load. */
  readonly warmupMs?: number;
  /** How long operations in flight are waited for at the end of a stage [ms]; default 10,000. */
  readonly drainMs?: number;
  /** Open model: calls in flight at most; default 10,000. Arrivals wait meanwhile, and their latency counts it. */
  readonly maxInFlight?: number;
  /** Time after which a process of this probe is killed [ms]; default: the load's own time and a minute. */
  readonly deadlineMs?: number;
  /** Words to select the probe by, with --tag and --not-tag. */
  readonly tags?: readonly string[];
}

/** What to prepare before and to clear up after the load of one process; neither is counted. */
export interface LoadFixture<Input, Space extends ParamSpace = ParamSpace> {
  /** Makes what the function or request gets as its argument, such as a server's process. Called once per process. */
  readonly setup: (params: PointOf<Space>) => Input | Promise<Input>;
  /** Called once per process, also when the load failed. */
  readonly teardown?: (input: Input) => unknown;
  /** Id of the process to observe beside this one, such as the server's. */
  readonly targetPid?: (input: Input) => number | undefined;
}
