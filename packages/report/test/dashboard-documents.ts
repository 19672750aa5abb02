import {
  type Advice,
  type Gate,
  type Growth,
  type LeakSummary,
  type LoadProfile,
  type Measurement,
  measurementOf,
  type ProbeId,
  type Run,
  readDocument,
  type Scalability,
  type Timeline,
  type Trend,
} from '@perf/schema';
import { fullRun, getHit, parse, sequence } from './documents.js';

// Documents with everything the dashboard has a section for. Validated, so that they are what other packages may write.

export const peak: ProbeId = { suite: 'shop', name: 'checkout, peak', kind: 'load', params: {} };
export const scale: ProbeId = { suite: 'shop', name: 'checkout, scale', kind: 'load', params: {} };
export const churn: ProbeId = { suite: 'cache', name: 'churn keeps nothing', kind: 'leak', params: {} };
export const calm: ProbeId = {
  suite: 'cache',
  name: 'lookup keeps nothing',
  kind: 'leak',
  params: { size: 100 },
};

const seconds = 1e9;

function timelineOf(index: number, points = 120): Timeline {
  const next = sequence(index + 5);
  const at = Array.from({ length: points }, (_, place) => place * 0.1 * seconds);
  const wave = (place: number, base: number, swing: number): number =>
    base * (1 + swing * Math.sin(place / 9 + index) + 0.05 * next());
  return {
    at,
    series: [
      { name: 'cpu', unit: 'ratio', scope: 'process', values: at.map((_, place) => wave(place, 0.7, 0.2)) },
      {
        name: 'rss',
        unit: 'bytes',
        scope: 'process',
        values: at.map((_, place) => wave(place, 80 * 2 ** 20, 0.1)),
      },
      {
        name: 'eventLoopDelay',
        unit: 'ns',
        scope: 'process',
        values: at.map((_, place) => (place === 40 ? null : wave(place, 2e6, 0.5))),
      },
      {
        name: 'rss',
        unit: 'bytes',
        scope: 'target',
        values: at.map((_, place) => 1.5e8 + place * 4e5 + next() * 1e6),
      },
    ],
  };
}

function stagesOf(shape: LoadProfile['shape'], index: number): LoadProfile {
  const next = sequence(index + 31);
  const levels = shape === 'scale' ? [1, 2, 4, 8, 16, 32] : [10, 40, 100, 40, 10];
  return {
    model: 'closed',
    shape,
    stages: levels.map((concurrency, place) => {
      const throughput =
        (900 * concurrency * (1 + 0.04 * next())) /
        (1 + 0.06 * (concurrency - 1) + 0.0008 * concurrency * (concurrency - 1));
      const p50 = (concurrency / throughput) * seconds;
      return {
        concurrency,
        from: place * 2 * seconds,
        to: (place + 1) * 2 * seconds,
        operations: Math.round(throughput * 2),
        errors: concurrency === 100 ? { timeout: 31 + index, ECONNRESET: 4, 'http 503': 12 } : {},
        throughput,
        latency: { p50, p90: p50 * 1.6, p99: p50 * 3.1, p999: p50 * 6, max: p50 * 11 },
      };
    }),
  };
}

function loadMeasurement(probe: ProbeId, index: number): Measurement {
  const shape = probe === scale ? 'scale' : 'peak';
  const load = stagesOf(shape, index);
  const top = load.stages.reduce((best, stage) => Math.max(best, stage.throughput), 0);
  return measurementOf({
    probe,
    process: { index, pid: 5000 + index },
    startedAt: '2026-03-01T10:00:05.000Z',
    elapsed: 12 * seconds,
    seed: 42,
    status: 'ok',
    metrics: [
      { name: 'throughput', unit: '1/s', better: 'higher', value: top, judged: true },
      { name: 'latency_p50', unit: 'ns', better: 'lower', value: 8e6 + index * 1e5, judged: true },
      { name: 'latency_p99', unit: 'ns', better: 'lower', value: 4.1e7 + index * 8e5, judged: true },
      { name: 'latency_p999', unit: 'ns', better: 'lower', value: 9e7 + index * 1e6, judged: false },
      { name: 'error_rate', unit: 'ratio', better: 'lower', value: 0.0012 + index * 1e-4, judged: false },
      { name: 'hit_rate', unit: 'ratio', better: 'higher', value: 0.97 - index * 1e-3, judged: false },
    ],
    artifacts: { load, timeline: timelineOf(index) },
  });
}

function growthOf(index: number, perIteration: number): Growth {
  const next = sequence(index + 77);
  const iterations = Array.from({ length: 24 }, (_, place) => (place + 1) * 500);
  return {
    iterations,
    readings: {
      heap: iterations.map((n) => 9e6 + n * perIteration + next() * 2e4),
      rss: iterations.map((n) => 7e7 + n * perIteration * 1.2 + next() * 4e5),
    },
    constructors: [
      { name: 'Array', count: 11_500, bytes: 9.4e6 },
      { name: '(string)', count: 11_490, bytes: 1.1e6 },
      { name: 'Session', count: 40, bytes: 3200 },
    ],
  };
}

function leakMeasurement(probe: ProbeId, index: number): Measurement {
  return measurementOf({
    probe,
    process: { index, pid: 6000 + index },
    startedAt: '2026-03-01T10:00:20.000Z',
    elapsed: 4 * seconds,
    seed: 42,
    status: 'ok',
    artifacts: { growth: growthOf(index, probe === churn ? 820 : 0) },
  });
}

const processes = [0, 1, 2, 3, 4];
type Id = Gate['probe'] & object;

export const leaks: readonly LeakSummary[] = [
  {
    probe: calm as Id,
    resource: 'heap',
    verdict: 'steady',
    bytesPerIteration: { estimate: 0.2, low: -1.1, high: 1.4 },
    processes: 5,
    sensitivityBytes: 16,
  },
  {
    probe: churn as Id,
    resource: 'heap',
    verdict: 'leaking',
    bytesPerIteration: { estimate: 821, low: 812, high: 830 },
    processes: 5,
    culprit: {
      path: ['(root)', 'Map registry', 'Array', 'Session'],
      site: { file: '/srv/shop/src/registry.js', line: 41, package: 'shop' },
    },
    sensitivityBytes: 12,
  },
];

export const gates: readonly Gate[] = [
  {
    probe: peak as Id,
    metric: 'latency_p99',
    unit: 'ns',
    bound: 'at-most',
    limit: 5e7,
    state: 'passed',
    observed: { estimate: 4.26e7, low: 4.1e7, high: 4.42e7 },
    processes: 5,
    origin: 'the probe',
  },
  {
    probe: peak as Id,
    metric: 'hit_rate',
    unit: 'ratio',
    bound: 'at-least',
    limit: 0.98,
    state: 'failed',
    observed: { estimate: 0.968, low: 0.966, high: 0.97 },
    processes: 5,
    origin: 'perf.config.yaml',
  },
  {
    metric: 'time',
    unit: 'ns',
    bound: 'at-most',
    limit: 6e10,
    state: 'undecided',
    observed: { estimate: 6e10, low: 5e10, high: 7e10 },
    processes: 3,
    origin: 'default',
  },
  {
    probe: getHit as Id,
    metric: 'gc',
    unit: 'ns',
    bound: 'at-most',
    limit: 10,
    state: 'not-measured',
    processes: 0,
    origin: 'perf.config.yaml',
  },
];

export const scalability: Scalability = {
  probe: scale as Id,
  points: processes.flatMap((process) =>
    stagesOf('scale', process).stages.map(({ concurrency = 1, throughput }) => ({
      process,
      concurrency,
      throughput,
    })),
  ),
  fit: {
    lambda: { estimate: 910, low: 880, high: 941 },
    sigma: { estimate: 0.061, low: 0.055, high: 0.068 },
    kappa: { estimate: 0.00079, low: 0.0006, high: 0.001 },
    peak: {
      concurrency: { estimate: 34.5, low: 30, high: 40.2 },
      throughput: { estimate: 7900, low: 7700, high: 8100 },
    },
    knee: { estimate: 8.7, low: 8.1, high: 9.4 },
    r2: 0.994,
  },
};

/** A run that has something for every section of the dashboard. */
export function dashboardRun(): Run {
  const base = fullRun();
  const profiled = base.measurements.map(
    (measurement): Measurement =>
      measurement.process.index > 1 || measurement.status !== 'ok'
        ? measurement
        : {
            ...measurement,
            artifacts: {
              timeline: timelineOf(measurement.process.index, 1200),
              hotFunctions: [
                { function: 'hash', file: 'file:///srv/shop/src/hash.js', line: 12, self: 0.44, total: 0.52 },
                { function: 'get', file: 'file:///srv/shop/src/cache.js', line: 88, self: 0.21, total: 0.97 },
                { function: '', file: '', line: 0, self: 0.05, total: 0.05 },
              ],
              allocationSites: [
                {
                  function: 'get',
                  file: 'file:///srv/shop/src/cache.js',
                  line: 91,
                  bytesPerOperation: 64,
                  share: 0.8,
                },
                {
                  function: 'hash',
                  file: 'file:///srv/shop/src/hash.js',
                  line: 14,
                  bytesPerOperation: 16,
                  share: 0.2,
                },
              ],
            },
          },
  );
  const more = [
    ...processes.flatMap((index) => [loadMeasurement(peak, index), loadMeasurement(scale, index)]),
    ...processes.flatMap((index) => [leakMeasurement(churn, index), leakMeasurement(calm, index)]),
  ];
  const summaries = [peak, scale].flatMap((probe) =>
    loadMeasurement(probe, 0).metrics.map((metric) => {
      const values = processes
        .map(
          (index) =>
            loadMeasurement(probe, index).metrics.find(({ name }) => name === metric.name)?.value ?? 0,
        )
        .sort((a, b) => a - b);
      return {
        probe: probe as Id,
        metric: metric.name,
        unit: metric.unit,
        better: metric.better,
        estimate: values[2] as number,
        low: values[0] as number,
        high: values[4] as number,
        confidence: 0.9375,
        processes: 5,
        judged: metric.judged,
      };
    }),
  );
  return readDocument('run', {
    ...base,
    measurements: [...profiled, ...more],
    summaries: [...(base.summaries ?? []), ...summaries],
    gates,
    leaks,
    scalability: [scalability],
    overhead: {
      observation: { estimate: 0.004, low: -0.002, high: 0.011, processes: 7 },
      profiling: { estimate: 0.19, low: 0.12, high: 0.25, processes: 2 },
    },
  });
}

/** A series with a step up, one without, and an alert. */
export function trendDocument(): Trend {
  const next = sequence(3);
  const values = Array.from(
    { length: 60 },
    (_, index) => (index < 38 ? 120 : 148) * (1 + 0.03 * (next() - 0.5)),
  );
  values[20] = 171;
  const points = values.map((value, index) => ({
    run: `run${index}`,
    commit: (index * 7_919 + 2 ** 28).toString(16).padEnd(40, '0'),
    startedAt: `2026-02-${String(1 + Math.floor(index / 3)).padStart(2, '0')}T0${index % 3}:00:00.000Z`,
    processes: 7,
    low: value * 0.985,
    high: value * 1.015,
  }));
  return readDocument('trend', {
    schema: 'perf/trend@1',
    series: [
      {
        key: 'parse time',
        probe: parse,
        metric: 'time',
        unit: 'ns',
        better: 'lower',
        values: values.map(() => 4.5e6 * (1 + 0.01 * next())),
        points: points.map(({ low: _low, high: _high, ...point }) => point),
        segments: [{ from: 0, to: 59, level: 4.52e6 }],
        changePoints: [],
        outliers: [],
      },
      {
        key: 'hit time',
        probe: getHit,
        metric: 'time',
        unit: 'ns',
        better: 'lower',
        values,
        points,
        segments: [
          { from: 0, to: 37, level: 120 },
          { from: 38, to: 59, level: 148 },
        ],
        changePoints: [{ index: 38, low: 37, high: 39, ratio: 1.233, p: 1e-6 }],
        outliers: [20],
        slope: { perPoint: 0.004, low: 0.003, high: 0.005, p: 0.001 },
      },
    ],
    alerts: [
      {
        id: 'alert-1',
        series: ['hit time'],
        state: 'open',
        openedAt: '2026-02-13T01:00:00.000Z',
        changedAt: '2026-02-13T01:00:00.000Z',
        reason: 'The level rose by 23 % and stayed.',
        severity: 'minor',
        ratio: 1.233,
        commit: points[38]?.commit,
      },
    ],
  });
}

export function adviceDocument(): Advice {
  return readDocument('advice', {
    schema: 'perf/advice@1',
    findings: [
      {
        rule: 'memory/allocates-per-call',
        severity: 'info',
        title: 'Every lookup allocates 64 B in cache.js',
        detail: 'The key is built anew for each call.',
        probe: getHit,
        metric: 'heap',
        unit: 'bytes',
        observed: { estimate: 64, low: 63, high: 66 },
        place: { file: '/srv/shop/src/cache.js', line: 91, function: 'get' },
        evidence: ['0123456789abcdef01234567'],
        saving: { estimate: 60, low: 50, high: 64 },
        verify: 'perfkit compare git:HEAD . --only "cache › get, hit"',
      },
      {
        rule: 'leak/growing-map',
        severity: 'critical',
        title: 'A map of sessions grows with every iteration',
        probe: churn,
        metric: 'heap',
        unit: 'bytes',
        observed: { estimate: 821, low: 812, high: 830 },
        place: { file: '/srv/shop/src/registry.js', line: 41 },
        evidence: Array.from({ length: 9 }, (_, index) => `fedcba987654321001234${index}`),
        verify: 'perfkit run --only "churn"',
      },
    ],
    explanation: {
      model: 'example-model-1',
      sentences: [{ text: 'The registry keeps every session; delete them on close.', cites: [1] }],
    },
  });
}
