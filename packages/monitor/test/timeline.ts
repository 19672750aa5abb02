import type { Timeline } from '@perf/schema';

/** A timeline with its series to be had by name. */
export interface ReadableTimeline {
  readonly at: readonly number[];
  readonly names: readonly string[];
  values(scope: string, name: string): readonly (number | null)[];
  /** Those that were read. */
  read(scope: string, name: string): number[];
}

export function timelineOf(timeline: Timeline): ReadableTimeline {
  const values = (scope: string, name: string) => {
    const found = timeline.series.find((series) => series.scope === scope && series.name === name);
    if (found === undefined) throw new Error(`there is no series ${scope} ${name}`);
    return found.values;
  };
  return {
    at: timeline.at,
    names: timeline.series.map(({ name }) => name),
    values,
    read: (scope, name) => values(scope, name).filter((value) => value !== null),
  };
}
