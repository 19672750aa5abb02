import type { Measurement, ProbeId } from '@perf/schema';
import type { LeftOut } from './choose-probes.js';

/** What happens in a run, in order. Every probe's process gives one `measured`, whatever became of it. */
export type RunEvent =
  | {
      readonly type: 'planned';
      readonly probes: number;
      readonly total: number;
      /** What was selected and is not measured, for a mark of its own or another's. */
      readonly skipped: readonly LeftOut[];
    }
  /** More than was planned, since what was measured in turns did not decide. */
  | { readonly type: 'more'; readonly processes: number }
  | { readonly type: 'starting'; readonly variant: number; readonly probe: ProbeId; readonly process: number }
  | { readonly type: 'measured'; readonly variant: number; readonly measurement: Measurement };
