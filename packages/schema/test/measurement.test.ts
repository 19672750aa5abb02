import { expect, it } from 'vitest';
import { type MeasurementParts, measurementOf, readDocument, runId } from '../src/index.js';

const parts: MeasurementParts = {
  probe: { suite: 'cache', name: 'get', kind: 'bench', params: { size: 10 } },
  process: { index: 0, pid: 42 },
  startedAt: '2025-03-04T09:15:00.000Z',
  elapsed: 1e6,
  seed: 7,
  status: 'ok',
};

it('a measurement is a whole document, with what was not given left empty', () => {
  const measurement = measurementOf(parts);
  expect(readDocument('measurement', measurement)).toEqual(measurement);
  expect(measurement).toMatchObject({
    metrics: [],
    resources: {},
    findings: [],
    warnings: [],
    artifacts: {},
  });
});

it('equal parts have equal ids and any difference gives another', () => {
  const id = measurementOf(parts).id;
  expect(measurementOf({ ...parts, probe: { ...parts.probe } }).id).toBe(id);
  expect(measurementOf({ ...parts, elapsed: 1e6 + 1 }).id).not.toBe(id);
  expect(measurementOf({ ...parts, process: { index: 1, pid: 42 } }).id).not.toBe(id);
});

it('a leak finding that misses a field is refused; a kind of a later version is kept', () => {
  const measurement = measurementOf(parts);
  const later = { ...measurement, findings: [{ kind: 'contention', waits: [1, 2] }] };
  expect(readDocument('measurement', later)).toEqual(later);
  const broken = { ...measurement, findings: [{ kind: 'leak', verdict: 'steady' }] };
  expect(() => readDocument('measurement', broken)).toThrow(/^perf\/measurement: findings\[0\]/);
});

it('a run has its id when it starts, from nothing that comes later', () => {
  const stable = { cpuModel: 'c', cores: 1, os: 'linux', arch: 'x64', nodeMajor: 20 };
  const header = {
    schema: 'perf/run@1' as const,
    tool: { name: 'perfkit', version: '0.1.0' },
    startedAt: '2025-03-04T09:15:00.000Z',
    seed: 1,
    environment: { key: 'k', stable, volatile: {} },
    source: {},
  };
  const volatile = { load1: { value: 3 } };
  expect(runId({ ...header, environment: { ...header.environment, volatile } })).toBe(runId(header));
  expect(runId({ ...header, seed: 2 })).not.toBe(runId(header));
});
