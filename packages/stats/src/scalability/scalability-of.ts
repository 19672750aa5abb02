import type { Run, Scalability } from '@perf/schema';
import { probeGroups } from '../probe-pairs.js';
import { fitScalability } from './fit-scalability.js';

/**
 * How each probe that stepped through concurrencies scales, over all processes of a run.
 *
 * Only measurements whose `artifacts.load.shape` is `scale` count, and of those only stages with a concurrency.
 *
 * @param run - Read only; may still be running.
 * @param confidence - Of all intervals, in (0, 1).
 * @returns In order of first appearance; a probe without such a stage has no entry.
 * @throws {SampleError} `stats/out-of-range` for the confidence.
 */
export function scalabilityOf(run: Pick<Run, 'measurements'>, confidence = 0.95): Scalability[] {
  return [...probeGroups(run.measurements).values()].flatMap(({ probe, measurements }) => {
    const points = measurements
      .filter(({ status }) => status === 'ok')
      .flatMap(({ process, artifacts }) => {
        const load = artifacts?.load;
        if (load?.shape !== 'scale') return [];
        return load.stages.flatMap(({ concurrency, throughput }) =>
          concurrency === undefined || !(concurrency > 0) || !(throughput >= 0)
            ? []
            : [{ process: process.index, concurrency, throughput }],
        );
      });
    if (points.length === 0) return [];
    const { suite, name, kind, params } = probe;
    return [
      { probe: { suite, name, kind, params: { ...params } }, points, ...fitScalability(points, confidence) },
    ];
  });
}
