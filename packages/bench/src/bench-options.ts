import type { CustomMetrics, ParamSpace, Params } from '@perf/schema';

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
  /** Words to select the probe by, with --tag and --not-tag. */
  readonly tags?: readonly string[];
  /** Things that one operation works through, above 0: adds the metric `items_per_second`. */
  readonly items?: AmountOf<Space>;
  /** Bytes that one operation works through, above 0: adds the metric `bytes_per_second`. */
  readonly bytes?: AmountOf<Space>;
}

/** So many in each operation, or how many at a point of the parameters. */
export type AmountOf<Space extends ParamSpace> = number | ((params: PointOf<Space>) => number);

/** What to prepare before and to clear up after the measuring of one process; neither is timed. */
export interface BenchFixture<Input, Space extends ParamSpace = ParamSpace> {
  /** Makes what the measured function gets as its argument. Called once per process. */
  readonly setup: (params: PointOf<Space>) => Input | Promise<Input>;
  /** Called once per process, also when the measured function threw. */
  readonly teardown?: (input: Input) => void | Promise<void>;
}

/**
 * What runs around calls and batches, untimed and awaited; each gets what the measured function gets. Where one of them,
 * or the measured function, throws, those after it are not run.
 */
export interface BenchHooks<Input> {
  /**
   * Before every call. Each call is then timed for itself, so that a reading of the clock, some 40 ns, is in the time:
   * `empty_call` says how much. Not with `concurrency`.
   */
  readonly beforeEach?: (input: Input) => unknown;
  /** After every call, likewise. */
  readonly afterEach?: (input: Input) => unknown;
  /** Before every batch of calls. */
  readonly beforeBatch?: (input: Input) => unknown;
  /** After every batch. */
  readonly afterBatch?: (input: Input) => unknown;
}

/** Figures of the measured code's own. */
export interface BenchFigures<Input> {
  /**
   * Called once per process after the samples, before `teardown`, with what the measured function gets. What it returns
   * becomes metrics of the measurement, such as `{ hit_rate: { value: 0.93, unit: 'ratio', better: 'higher' } }`.
   */
  readonly metrics?: (input: Input) => CustomMetrics | Promise<CustomMetrics>;
}

/** Everything that bench() takes beside the function. */
export type AllBenchOptions<Input> = BenchOptions &
  Partial<BenchFixture<Input>> &
  BenchHooks<Input | Params> &
  BenchFigures<Input | Params>;
