import type { ParamSpace } from '@perf/schema';

/** One point of a parameter space, with the types that its values have. */
export type PointOf<Space extends ParamSpace> = { readonly [Name in keyof Space]: Space[Name][number] };

export interface LeakOptions<Space extends ParamSpace = ParamSpace> {
  /** Values by parameter; the probe runs at every combination of them. */
  readonly params?: Space;
  /** Iterations in each block; whole number. Without it as many as fill a block's time. */
  readonly iterations?: number;
  /** Blocks to read growth over; whole number from 6. Without it 12, and 24 where those 12 leave a doubt. */
  readonly blocks?: number;
  /** Blocks before the first reading; whole number from 0, default 2. */
  readonly warmupBlocks?: number;
  /** Growth per iteration that is no leak yet [bytes]; default 8, one reference. */
  readonly floorBytes?: number;
  /** Whether to compare heap snapshots. Without it where the heap leaks; `true` always, `false` never. */
  readonly snapshots?: boolean;
  /** Time after which a process of this probe is killed [ms]; default 180,000, also where the run's is shorter. */
  readonly deadlineMs?: number;
  /** Words to select the probe by, with --tag and --not-tag. */
  readonly tags?: readonly string[];
}

/** What to prepare before and to clear up after the iterations of one process. */
export interface LeakFixture<Input, Space extends ParamSpace = ParamSpace> {
  /** Makes what the function gets as its argument. Called once per process, before the first reading. */
  readonly setup: (params: PointOf<Space>) => Input | Promise<Input>;
  /** Called once per process, also when the function threw. */
  readonly teardown?: (input: Input) => void | Promise<void>;
}
