import type { Measurement, Metric, Params, Probe, ProbeContext } from '@perf/schema';

/** A context with little time, as the runner would hand it over. */
export function context(params: Params = {}): ProbeContext {
  return {
    probe: { suite: 'suite', name: 'probe', kind: 'bench', params },
    processIndex: 2,
    budget: { timeMs: 30, warmupMs: 100, share: 1 },
    seed: 11,
    deadline: Date.now() + 60_000,
    signal: new AbortController().signal,
  };
}

/** One metric of a probe measured here. */
export async function metricOf(probe: Probe, name: string): Promise<Metric> {
  return metricIn(await probe.measure(context()), name);
}

function metricIn(measurement: Measurement, name: string): Metric {
  const metric = measurement.metrics.find((candidate) => candidate.name === name);
  if (metric === undefined) throw new Error(`there is no metric ${name}`);
  return metric;
}
