import type { Interval } from './interval.js';

/** Where V8 says that a probe spent its time and made its objects, in rounds that measure nothing else. */
export interface ProbeProfiles {
  readonly cpu: TakenProfile | Unavailable;
  readonly heap: TakenProfile | Unavailable;
  /**
   * Time with functions kept apart over time as V8 compiles them: a profile names a function only where it is not
   * inlined. 1 = the same; absent where it was not measured.
   */
  readonly apart?: number;
}

/** A profile of V8, as its inspector gives it: what `.cpuprofile` and `.heapprofile` files hold. */
export interface TakenProfile {
  readonly profile: object;
  /** Between two samples: time [ns] of a CPU profile, allocated bytes of a heap profile. */
  readonly interval: number;
  readonly samples: number;
  readonly overhead: ProfilerOverhead | Unavailable;
}

/** Time with a profiler over time without, minus 1, of neighbouring blocks of the same work: 0.02 = 2 %. */
export interface ProfilerOverhead extends Interval {
  /**
   * Which time: `cpu` of the whole process, the profiler's own thread included, which other processes do not disturb; or
   * `elapsed`, for work that waits.
   */
  readonly of: 'cpu' | 'elapsed';
  /** That the interval attains, in [0, 1). */
  readonly confidence: number;
  /** Pairs of blocks behind it. */
  readonly pairs: number;
}

/** Why there is none, as a sentence. */
export interface Unavailable {
  readonly unavailable: string;
}
