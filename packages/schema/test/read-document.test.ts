import { describe, expect, it } from 'vitest';
import { DocumentError, documentHeader, documentKinds, PerfError, readDocument } from '../src/index.js';

const stable = { cpuModel: 'Example CPU', cores: 8, os: 'linux', arch: 'x64', nodeMajor: 22 };
const run = {
  schema: 'perf/run@1',
  id: 'r',
  tool: { name: 'perfkit', version: '0.1.0' },
  startedAt: '2025-03-04T09:15:00Z',
  status: 'complete',
  seed: 1,
  environment: { key: 'k', stable, volatile: {} },
  source: {},
  measurements: [],
};
const advice = { schema: 'perf/advice@1', findings: [] };

describe('readDocument', () => {
  it('gives a copy of a document of its own major version', () => {
    const read = readDocument('advice', advice);
    expect(read).toEqual(advice);
    expect(read).not.toBe(advice);
  });

  it('keeps fields that it does not know, at the top and further down', () => {
    const finding = {
      rule: 'r',
      severity: 'info',
      title: 't',
      metric: 'time',
      unit: 'ns',
      observed: { estimate: 1, low: 0, high: 2, confidence: 0.9 },
      evidence: ['id'],
      verify: 'perfkit run',
      later: [{ deep: null }],
    };
    const newer = { ...advice, findings: [finding], author: { name: 'a later minor version' } };
    expect(readDocument('advice', newer)).toEqual(newer);
  });

  it('refuses a newer major version, naming both versions and what to do', () => {
    const error = refusal(() => readDocument('advice', { schema: 'perf/advice@2', findings: [] }));
    expect(error.code).toBe('document/newer-major');
    expect(error.message).toBe(
      'This perf/advice document has major version 2; this perfkit reads version 1.',
    );
    expect(error.remedy).toContain('Update perfkit');
  });

  it('refuses an older major version that is no longer read', () => {
    expect(refusal(() => readDocument('run', { schema: 'perf/run@0' })).code).toBe('document/older-major');
  });

  it('refuses a document of another kind, naming both kinds', () => {
    const error = refusal(() => readDocument('run', advice));
    expect(error.code).toBe('document/other-kind');
    expect(error.message).toBe('This is a perf/advice document, not a perf/run.');
    expect(error.remedy).toContain('perf/run@1');
  });

  it('names the path of the first wrong field', () => {
    const trend = { schema: 'perf/trend@1', series: [{ key: 'k', better: 'up' }], alerts: [] };
    const error = refusal(() => readDocument('trend', trend));
    expect(error.code).toBe('document/invalid');
    expect(error.message).toMatch(/^perf\/trend: series\[0\]\.better: /);
    expect(error.seen).toEqual(['series', 0, 'better']);
  });

  it('says how many more fields are wrong', () => {
    const error = refusal(() => readDocument('trend', { schema: 'perf/trend@1' }));
    expect(error.message).toMatch(/^perf\/trend: series: .* 1 more is wrong\.$/);
  });

  it('names the field inside the alternative that came furthest', () => {
    const environment = { key: 'k', stable, volatile: { heap: { unavailable: '' } } };
    const error = refusal(() => readDocument('run', { ...run, environment }));
    expect(error.seen).toEqual(['environment', 'volatile', 'heap', 'unavailable']);
    expect(error.message).toMatch(/^perf\/run: environment\.volatile\.heap\.unavailable: /);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['text', '{"schema":"perf/run@1"}'],
    ['a list', []],
    ['an object of another tool', { results: [] }],
    ['a schema that is no text', { schema: 1 }],
    ['an unknown kind', { schema: 'perf/flamegraph@1' }],
    ['a kind that every object has', { schema: 'perf/constructor@1' }],
    ['no version', { schema: 'perf/run' }],
    ['a version that is no number', { schema: 'perf/run@x' }],
  ])('refuses %s as no document', (_name, value) => {
    const error = refusal(() => readDocument('run', value));
    expect(error.code).toBe('document/not-a-document');
    for (const kind of documentKinds) expect(error.remedy).toContain(kind);
  });
});

describe('documentHeader', () => {
  it('reads the kind and the major version without reading the rest', () => {
    expect(documentHeader({ schema: 'perf/run@12', rest: 'unread' })).toEqual({ kind: 'run', major: 12 });
  });
});

function refusal(read: () => unknown): DocumentError {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentError);
    expect(error).toBeInstanceOf(PerfError);
    return error as DocumentError;
  }
  throw new Error('It was accepted.');
}
