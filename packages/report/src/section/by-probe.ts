import { type Measurement, probeKey, type Run } from '@perf/schema';
import { nameIn } from '../words/sentence.js';

/** The measurements of one probe that hold something. */
export interface Holders {
  /** Neutralised, of bounded length. */
  readonly title: string;
  readonly measurements: readonly [Measurement, ...Measurement[]];
}

/** Measurements that hold something, by probe in the order of their first, each by process index. Cost: O(n log n). */
export function holdersOf(run: Run, holds: (measurement: Measurement) => boolean): Holders[] {
  const probes = new Map<string, [Measurement, ...Measurement[]]>();
  for (const measurement of run.measurements) {
    if (!holds(measurement)) continue;
    const key = probeKey(measurement.probe);
    const known = probes.get(key);
    if (known === undefined) probes.set(key, [measurement]);
    else known.push(measurement);
  }
  return [...probes.values()].map((measurements) => {
    measurements.sort((a, b) => a.process.index - b.process.index);
    return { title: nameIn(measurements[0].probe), measurements };
  });
}
