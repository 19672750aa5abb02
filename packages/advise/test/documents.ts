import {
  type Artifacts,
  type Compared,
  type Comparison,
  type LeakSummary,
  type Measurement,
  type Metric,
  measurementOf,
  type ProbeId,
  type Run,
  readDocument,
  type Scalability,
  type Warning,
} from '@perf/schema';
import { severityOf } from '@perf/stats';

// Finished documents as the other packages write them, checked by the reader of documents.

export const getHit: ProbeId = { suite: 'cache', name: 'get', kind: 'bench', params: {} };
export const traffic: ProbeId = { suite: 'cache', name: 'traffic', kind: 'load', params: {} };
export const churn: ProbeId = { suite: 'cache', name: 'churn', kind: 'leak', params: {} };

/** One process of a probe. */
export interface ProcessParts {
  readonly probe?: ProbeId;
  readonly status?: Measurement['status'];
  readonly metrics?: Metric[];
  readonly resources?: Readonly<Record<string, number>>;
  readonly findings?: Measurement['findings'];
  readonly warnings?: Warning[];
  readonly artifacts?: Artifacts;
}

export function metric(name: string, unit: Metric['unit'], value: number, judged = true): Metric {
  return { name, unit, better: 'lower', value, judged };
}

/** A run with these processes; ids differ by the variant's name. */
export function runOf(
  processes: readonly ProcessParts[],
  more: Partial<Run> & { readonly variant?: string } = {},
): Run {
  const id = `run-${more.variant ?? 'b'}`;
  const run = {
    schema: 'perf/run@1',
    id,
    tool: { name: 'perfkit', version: '0.1.0' },
    startedAt: '2025-01-01T00:00:00.000Z',
    finishedAt: '2025-01-01T00:01:00.000Z',
    status: 'complete',
    seed: 1,
    environment: {
      key: 'key',
      stable: { cpuModel: 'cpu', cores: 2, os: 'linux', arch: 'x64', nodeMajor: 20 },
      volatile: {},
    },
    source: {},
    measurements: processes.map((parts, index) => process(parts, index, id)),
    ...more,
  };
  return readDocument('run', JSON.parse(JSON.stringify(run)));
}

function process(parts: ProcessParts, index: number, salt: string): Measurement {
  const { probe = getHit, status = 'ok', resources = {}, ...rest } = parts;
  return measurementOf({
    ...rest,
    probe,
    status,
    process: { index, pid: 100 + index },
    startedAt: '2025-01-01T00:00:00.000Z',
    elapsed: 1e9 + salt.length,
    seed: salt.charCodeAt(salt.length - 1),
    resources: Object.fromEntries(
      Object.entries(resources).map(([name, value]) => [
        name,
        { unit: unitOf(name), scope: 'process', value },
      ]),
    ),
  });
}

function unitOf(name: string): Metric['unit'] {
  return name === 'cpuShare' || name === 'eventLoopUtilization' ? 'ratio' : 'ns';
}

/** The same process several times. */
export function times(
  count: number,
  parts: ProcessParts | ((index: number) => ProcessParts),
): ProcessParts[] {
  return Array.from({ length: count }, (_, index) => (typeof parts === 'function' ? parts(index) : parts));
}

/** A row of a comparison of 7 processes on each side. */
export function compared(parts: Partial<Compared> & Pick<Compared, 'ratio' | 'verdict'>): Compared {
  const { ratio, verdict } = parts;
  const center = { a: 1000, b: 1000 * ratio };
  return {
    probe: { ...getHit, params: {} },
    metric: 'time',
    unit: 'ns',
    better: 'lower',
    low: ratio * 0.95,
    high: ratio * 1.05,
    confidence: 0.95,
    p: 0.001,
    pAdjusted: 0.001,
    threshold: 0.05,
    processes: { a: 7, b: 7 },
    center,
    values: { a: times7(center.a), b: times7(center.b) },
    ...(verdict === 'regressed' && { severity: severityOf(ratio, parts.better ?? 'lower') }),
    ...parts,
  };
}

function times7(value: number): number[] {
  return Array.from({ length: 7 }, () => value);
}

export function comparisonOf(rows: readonly Compared[]): Comparison {
  return {
    schema: 'perf/comparison@1',
    variants: { a: { label: 'the baseline', run: 'run-a' }, b: { label: 'now', run: 'run-b' } },
    confidence: 0.95,
    comparisons: [...rows],
    incomparable: [],
  };
}

export function leakSummary(parts: Partial<LeakSummary> = {}): LeakSummary {
  return {
    probe: { ...churn, params: {} },
    resource: 'heap',
    verdict: 'leaking',
    bytesPerIteration: { estimate: 1024, low: 1000, high: 1048 },
    processes: 3,
    sensitivityBytes: 10,
    ...parts,
  };
}

type Fit = NonNullable<Scalability['fit']>;

/** A fit over 1 to 32 at a time. */
export function scalability(parts: Partial<Fit>): Scalability {
  const none = { estimate: 0, low: 0, high: 0 };
  return {
    probe: { ...traffic, params: {} },
    points: [1, 8, 32].map((concurrency) => ({ process: 0, concurrency, throughput: 100 * concurrency })),
    fit: { lambda: { estimate: 100, low: 95, high: 105 }, sigma: none, kappa: none, r2: 0.99, ...parts },
  };
}
