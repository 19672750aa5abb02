import type { Measurement } from '@perf/schema';

/** What one place in the code costs an operation, in ns or bytes. */
export interface Cost {
  readonly function: string;
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In the place itself. */
  readonly own: number;
  /** In it and in what it called; the same as `own` where the profile does not say. */
  readonly whole: number;
}

/** The profiles of one probe, pooled. */
export interface Profile {
  readonly costs: readonly Cost[];
  /** Measurements that have a profile. */
  readonly evidence: readonly string[];
}

/**
 * Where the time goes: the mean over the processes that were profiled, each place's share times the time.
 *
 * @param time - Of one operation [ns]; 1 for plain shares.
 * @returns Empty if no process was profiled.
 */
export function timeProfile(measurements: readonly Measurement[], time: number): Profile {
  return pooled(
    measurements.flatMap(({ id, artifacts: { hotFunctions } }) =>
      hotFunctions === undefined || hotFunctions.length === 0
        ? []
        : [
            {
              id,
              costs: hotFunctions.map((one) => ({ ...one, own: one.self * time, whole: one.total * time })),
            },
          ],
    ),
  );
}

/** Where memory is allocated: the mean over the processes that were profiled [bytes per operation]. */
export function allocationProfile(measurements: readonly Measurement[]): Profile {
  return pooled(
    measurements.flatMap(({ id, artifacts: { allocationSites } }) =>
      allocationSites === undefined || allocationSites.length === 0
        ? []
        : [
            {
              id,
              costs: allocationSites.map((one) => ({
                ...one,
                own: one.bytesPerOperation,
                whole: one.bytesPerOperation,
              })),
            },
          ],
    ),
  );
}

/** A place that one of the processes does not list cost it nothing worth listing. */
function pooled(profiles: readonly { readonly id: string; readonly costs: readonly Cost[] }[]): Profile {
  const places = new Map<string, Cost>();
  for (const { costs } of profiles) {
    for (const cost of costs) {
      const key = placeKey(cost);
      const known = places.get(key);
      const own = (known?.own ?? 0) + cost.own / profiles.length;
      const whole = (known?.whole ?? 0) + cost.whole / profiles.length;
      places.set(key, { function: cost.function, file: cost.file, line: cost.line, own, whole });
    }
  }
  return { costs: [...places.values()], evidence: profiles.map(({ id }) => id) };
}

/** One place in one version of the code. */
export function placeKey(place: Pick<Cost, 'function' | 'file' | 'line'>): string {
  return JSON.stringify([place.function, place.file, place.line]);
}
