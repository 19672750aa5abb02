import { type Measurement, type ProbeId, probeKey } from '@perf/schema/core';

/** The measurements of one probe. */
export interface ProbeGroup {
  readonly probe: ProbeId;
  readonly measurements: readonly Measurement[];
}

/** One probe's measurements on two sides; a side that did not run it has none. */
export interface ProbePair {
  readonly probe: ProbeId;
  readonly a: readonly Measurement[];
  readonly b: readonly Measurement[];
}

/** Measurements by probe, in order of first appearance. Equal ids are one probe, whatever their parameters' order. */
export function probeGroups(measurements: readonly Measurement[]): Map<string, ProbeGroup> {
  const groups = new Map<string, { probe: ProbeId; measurements: Measurement[] }>();
  for (const measurement of measurements) {
    const key = probeKey(measurement.probe);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { probe: measurement.probe, measurements: [measurement] });
    else group.measurements.push(measurement);
  }
  return groups;
}

/** The probes of two runs, matched by id: first those of b in its order, then those that only a has. */
export function probePairs(a: readonly Measurement[], b: readonly Measurement[]): ProbePair[] {
  const before = probeGroups(a);
  const after = probeGroups(b);
  const pairs = [...after].map(([key, { probe, measurements }]) => ({
    probe,
    a: before.get(key)?.measurements ?? [],
    b: measurements,
  }));
  const gone = [...before].filter(([key]) => !after.has(key));
  return [...pairs, ...gone.map(([, { probe, measurements }]) => ({ probe, a: measurements, b: [] }))];
}
