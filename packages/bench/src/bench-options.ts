import type { CustomMetrics, ParamSpace } from '@perf/schema';

/** One point of a parameter space, with the types that its values have. */
export type PointOf<Space extends ParamSpace> = { readonly [Name in keyof Space]: Space[Name][number] };

export interface BenchOptions<Space extends ParamSpace = ParamSpace> {
  /** Values by parameter; the benchmark runs at every combination of them. */
  readonly params?: Space;
  /** Calls of an asynchronous function in flight at once; whole number, default 1. Times stay per operation. */
  readonly concurrency?: number;
  /** Time to fill with samples in each process [ms], in place of the run's. Quick profiles shorten it, to 100 ms at least. */
  readonly timeMs?: number;
  /** Longest warm-up in each process [ms], in place of the run's. Shortened likewise. */
  readonly warmupMs?: number;
  /** Time after which a process of this probe is killed [ms], in place of the run's. */
  readonly deadlineMs?: number;
}

/** What to prepare before and to clear up after the measuring of one process; neither is timed. */
export interface BenchFixture<Input, Space extends ParamSpace = ParamSpace> {
  /** Makes what the measured function gets as its argument. Called once per process. */
  readonly setup: (params: PointOf<Space>) => Input | Promise<Input>;
  /** Called once per process, also when the measured function threw. */
  readonly teardown?: (input: Input) => void | Promise<void>;
}

/** Figures of the measured code's own. */
export interface BenchFigures<Input> {
  /**
   * Called once per process after the samples, before `teardown`, with what the measured function gets. What it returns
   * becomes metrics of the measurement, such as `{ hit_rate: { value: 0.93, unit: 'ratio', better: 'higher' } }`.
   */
  readonly metrics?: (input: Input) => CustomMetrics | Promise<CustomMetrics>;
}
