import type { ParamSpace } from '@perf/schema';

/** One point of a parameter space, with the types that its values have. */
export type PointOf<Space extends ParamSpace> = { readonly [Name in keyof Space]: Space[Name][number] };

/** What a hunt for leaks does, wherever it is called from. */
export interface HuntOptions {
  /** Iterations in each block; whole number. Without it as many as fill a block's time. */
  readonly iterations?: number;
  /** Blocks to read growth over; whole number from 6. Without it 12, and 24 where those 12 leave a doubt. */
  readonly blocks?: number;
  /** Iterations before the first reading; whole number from 0, default two blocks of them. */
  readonly warmup?: number;
  /** Iterations in flight at once; whole number from 1, default 1. */
  readonly concurrency?: number;
  /** Growth per iteration that is no leak yet [bytes]; default 8, one reference. */
  readonly floorBytes?: number;
  /**
   * Growth that is meant: what hangs on a retaining path with a step that holds one of these texts, or matches one of
   * these expressions, is no leak. Objects are counted then in any case.
   */
  readonly allow?: readonly (string | RegExp)[];
  /** Memory that the program may have [bytes]: a leak says how many iterations fill it. Default V8's heap limit. */
  readonly budget?: number;
  /**
   * Whether to count objects in heap snapshots. Without it in two of them, and in five where something grew; `true` always
   * in five, `false` in none.
   */
  readonly snapshots?: boolean;
}

export interface LeakOptions<Space extends ParamSpace = ParamSpace> extends HuntOptions {
  /** Values by parameter; the probe runs at every combination of them. */
  readonly params?: Space;
  /** Time after which a process of this probe is killed [ms]; default 180,000, also where the run's is shorter. */
  readonly deadlineMs?: number;
  /** Words to select the probe by, with --tag and --not-tag. */
  readonly tags?: readonly string[];
}

/** What to prepare before and to clear up after the work of one process. */
export interface Fixture<Input, Space extends ParamSpace = ParamSpace> {
  /** Makes what the function gets as its argument. Called once per process, before the first reading. */
  readonly setup: (params: PointOf<Space>) => Input | Promise<Input>;
  /** Called once per process, also when the function threw. */
  readonly teardown?: (input: Input) => void | Promise<void>;
}

/** The same, and what each block of iterations begins and ends with. */
export interface LeakFixture<Input, Space extends ParamSpace = ParamSpace> extends Fixture<Input, Space> {
  /** Called before each block of iterations. */
  readonly beforeBlock?: (input: Input) => void | Promise<void>;
  /** Called after each block, also when an iteration threw; before memory is read. */
  readonly afterBlock?: (input: Input) => void | Promise<void>;
}
