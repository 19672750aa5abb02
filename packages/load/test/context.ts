import { type Measurement, type Metric, type Params, type ProbeContext, readDocument } from '@perf/schema';

/** A context with a short warm-up, as the runner would hand it over. */
export function context(changes: Partial<ProbeContext> & { params?: Params } = {}): ProbeContext {
  const { params = {}, ...rest } = changes;
  return {
    probe: { suite: 'suite', name: 'probe', kind: 'load', params },
    processIndex: 1,
    budget: { timeMs: 30, warmupMs: 0, share: 1 },
    seed: 11,
    deadline: Date.now() + 60_000,
    signal: new AbortController().signal,
    ...rest,
  };
}

/** What any reader makes of the measurement: throws if it is no valid document. */
export function reread(measurement: Measurement): Measurement {
  return readDocument('measurement', JSON.parse(JSON.stringify(measurement)));
}

export function metricIn(measurement: Measurement, name: string): Metric {
  const metric = measurement.metrics.find((candidate) => candidate.name === name);
  if (metric === undefined) throw new Error(`there is no metric ${name}`);
  return metric;
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
