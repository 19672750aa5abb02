import {
  environmentKey,
  type Measurement,
  type MeasurementParts,
  type Metric,
  measurementOf,
  type ProbeId,
  type Run,
  runId,
} from '@perf/schema';

const stable = { cpuModel: 'Test CPU', cores: 4, os: 'linux', arch: 'x64', nodeMajor: 20 };
const startedAt = '2026-01-01T00:00:00.000Z';

export function probeOf(name: string, params: ProbeId['params'] = {}): ProbeId {
  return { suite: 'cache', name, kind: 'bench', params };
}

export function timeOf(value: number, more: Partial<Metric> = {}): Metric {
  return { name: 'time', unit: 'ns', better: 'lower', value, judged: true, ...more };
}

export function heapOf(value: number, more: Partial<Metric> = {}): Metric {
  return { name: 'heap', unit: 'bytes', better: 'lower', value, judged: true, ...more };
}

export function measured(
  probe: ProbeId,
  index: number,
  metrics: Metric[],
  more: Partial<MeasurementParts> = {},
): Measurement {
  const process = { index, pid: 1000 + index };
  return measurementOf({
    probe,
    process,
    startedAt,
    elapsed: 1e9,
    seed: index,
    status: 'ok',
    metrics,
    ...more,
  });
}

/** One measurement per value, as one process each. */
export function timesOf(probe: ProbeId, values: readonly number[]): Measurement[] {
  return values.map((value, index) => measured(probe, index, [timeOf(value)]));
}

export function runOf(measurements: Measurement[], seed = 1): Run {
  const header = {
    schema: 'perf/run@1' as const,
    tool: { name: 'perfkit', version: '0.1.0' },
    startedAt,
    seed,
    environment: { key: environmentKey(stable), stable, volatile: {} },
    source: {},
  };
  return { ...header, id: runId(header), status: 'complete', measurements };
}
