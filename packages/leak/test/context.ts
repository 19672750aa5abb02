import type { LeakFinding, Measurement, Params, ProbeContext } from '@perf/schema';

/** A context with little time, as the runner would hand it over. */
export function context(params: Params = {}): ProbeContext {
  return {
    probe: { suite: 'suite', name: 'probe', kind: 'leak', params },
    processIndex: 2,
    budget: { timeMs: 100, warmupMs: 50, share: 0.1 },
    seed: 11,
    deadline: Date.now() + 180_000,
    signal: new AbortController().signal,
  };
}

/** What a measurement found on one resource. */
export function findingOn(measurement: Measurement, resource: LeakFinding['resource']): LeakFinding {
  const found = measurement.findings
    .filter((finding): finding is LeakFinding => finding.kind === 'leak')
    .find((finding) => finding.resource === resource);
  if (found === undefined) throw new Error(`there is no finding on ${resource}`);
  return found;
}
