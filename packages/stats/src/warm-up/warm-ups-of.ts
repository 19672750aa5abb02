import type { Run, WarmUpSummary } from '@perf/schema';
import { probeGroups } from '../probe-pairs.js';

/**
 * How many processes of each benchmark warmed up in which way. Processes without a class are in none of the counts, and
 * a probe none of whose processes has one is left out.
 *
 * @param run - Read only; may still be running.
 * @returns In order of first appearance.
 *
 * Cost: O(measurements).
 */
export function warmUpsOf(run: Run): WarmUpSummary[] {
  return [...probeGroups(run.measurements).values()].flatMap(({ probe, measurements }) => {
    const classes = { flat: 0, 'warm-up': 0, 'slow-down': 0, 'no-steady-state': 0 };
    for (const { artifacts } of measurements) {
      if (artifacts.warmUp !== undefined) classes[artifacts.warmUp.class] += 1;
    }
    if (Object.values(classes).every((count) => count === 0)) return [];
    const { suite, name, kind, params } = probe;
    return [{ probe: { suite, name, kind, params: { ...params } }, classes }];
  });
}
