import type { Interval, LeakFinding } from '@perf/schema';
import type { HeldResource } from '../held/read-held.js';
import type { ResourceLooks } from './resource-looks.js';
import type { Suspicion } from './suspicion.js';
import type { WatchCost } from './watch-cost.js';

/** What a watch has seen so far. Plain data. */
export interface WatchReport {
  /** From its start, the warm-up included, to now or its end [ms]. */
  readonly watchedMs: number;
  /** Between the last two readings [ms]: more than asked for where a reading takes long. */
  readonly intervalMs: number;
  /** That V8 did by itself and that were noticed, one between two readings at most. The heap is read after them. */
  readonly fullCollections: number;
  /** By resource. */
  readonly findings: readonly WatchFinding[];
  readonly cost: WatchCost;
}

/** How one resource stood at the last look at it. */
export interface WatchFinding {
  readonly resource: HeldResource;
  /** What its growth looks like over all that is kept; `undecided` before the first look. A suspicion takes more. */
  readonly verdict: LeakFinding['verdict'];
  /** Readings that are kept, and the last of them: bytes, or a number. */
  readonly readings: number;
  readonly held?: number;
  /** Bytes, or a number; a 95 % interval. Absent before the first look. */
  readonly perHour?: Interval;
  /** That stands now. */
  readonly suspicion?: Suspicion;
}

export function findingOf({ resource, log, trend, suspicion }: ResourceLooks, now: number): WatchFinding {
  const readings = log.readings(now);
  const last = readings.at(-1);
  return {
    resource,
    verdict: trend?.verdict ?? 'undecided',
    readings: readings.length,
    ...(last && { held: last.value }),
    ...(trend && { perHour: trend.perHour }),
    ...(suspicion && { suspicion }),
  };
}
