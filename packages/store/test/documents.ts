import {
  type Measurement,
  type MeasurementParts,
  measurementOf,
  type Run,
  type RunHeader,
  runId,
} from '@perf/schema';
import type { StoredAlert } from '../src/index.js';

/** Documents of made-up figures. */
export function aHeader(parts: Partial<RunHeader> = {}): RunHeader {
  return {
    schema: 'perf/run@1',
    tool: { name: 'perfkit', version: '0.1.0' },
    startedAt: '2025-03-04T09:15:00.000Z',
    seed: 7,
    environment: {
      key: 'env-a',
      stable: { cpuModel: 'Example CPU', cores: 8, os: 'linux', arch: 'x64', nodeMajor: 22 },
      volatile: { load: { value: 0.25 } },
    },
    source: { commit: 'c0ffee', branch: 'main', dirty: false, order: 12 },
    ...parts,
  };
}

export function aMeasurement(index: number, parts: Partial<MeasurementParts> = {}): Measurement {
  return measurementOf({
    probe: { suite: 'cache', name: 'get, hit', kind: 'bench', params: { size: 10 } },
    process: { index, pid: 4000 + index },
    startedAt: '2025-03-04T09:15:01.000Z',
    elapsed: 1_500_000_000,
    seed: 7,
    status: 'ok',
    metrics: [
      {
        name: 'time',
        unit: 'ns',
        better: 'lower',
        value: 131.27 + index,
        samples: [131.27, 131.5, 130, 99.125],
        batch: 1000,
        judged: true,
      },
      { name: 'heap', unit: 'bytes', better: 'lower', value: 4096, judged: false },
    ],
    ...parts,
  });
}

export function aRun(
  header: Partial<RunHeader> = {},
  measurements: Measurement[] = [aMeasurement(0), aMeasurement(1)],
): Run {
  const whole = aHeader(header);
  return {
    ...whole,
    id: runId(whole),
    status: 'complete',
    finishedAt: '2025-03-04T09:16:00.000Z',
    measurements,
  };
}

export function anAlert(parts: Partial<StoredAlert> = {}): StoredAlert {
  return {
    id: '0123456789abcdef01234567',
    series: ['cache › get, hit time'],
    state: 'open',
    openedAt: '2025-03-04T10:00:00.000Z',
    changedAt: '2025-03-04T10:00:00.000Z',
    reason: 'The level rose by 20.0 %.',
    run: 'abcd',
    branch: 'main',
    ...parts,
  };
}

/** A run that started so many minutes after the others. */
export function aRunAt(minute: number, header: Partial<RunHeader> = {}): Run {
  const startedAt = new Date(Date.UTC(2025, 2, 4, 9, minute)).toISOString();
  return aRun({ startedAt, ...header });
}
