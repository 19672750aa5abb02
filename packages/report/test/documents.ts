import {
  type Compared,
  type Comparison,
  environmentKey,
  type Failure,
  type Measurement,
  type Metric,
  measurementOf,
  type ProbeId,
  type Run,
  type RunHeader,
  runId,
  type Summary,
} from '@perf/schema';

// Finished documents as the other packages would write them. Summaries are the middle, the least and the greatest of
// the processes' values: for odd numbers of processes that is the median with its widest interval, which can be
// checked by eye.

export const getHit: ProbeId = { suite: 'cache', name: 'get, hit', kind: 'bench', params: {} };
export const getMiss: ProbeId = { suite: 'cache', name: 'get, miss', kind: 'bench', params: { size: 1000 } };
export const parse: ProbeId = {
  suite: 'parser',
  name: 'parse',
  kind: 'bench',
  params: { input: 'large.json' },
};

/** What the widest interval of n processes attains: 1 - 2^(1-n). */
export function attained(processes: number): number {
  return 1 - 2 ** (1 - processes);
}

/** Numbers in [0, 1) that look random and are the same every time. */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}

export function timeMetric(value: number, seed = 1, samples = 200): Metric {
  const next = sequence(seed + 17);
  const drawn = Array.from({ length: samples }, () => {
    const bell = (next() + next() + next() - 1.5) * 0.08;
    const tail = next() < 0.04 ? next() * 0.6 : 0;
    return value * (1 + bell + tail);
  });
  return { name: 'time', unit: 'ns', better: 'lower', value, samples: drawn, batch: 512, judged: true };
}

export function heapMetric(value: number): Metric {
  return { name: 'heap', unit: 'bytes', better: 'lower', value, judged: true };
}

export interface MeasuredParts {
  readonly probe: ProbeId;
  readonly times: readonly number[];
  readonly heaps?: readonly number[];
  readonly warnings?: Measurement['warnings'];
  readonly samples?: number;
}

/** One measurement per value of `times`. */
export function measured({ probe, times, heaps, warnings = [], samples }: MeasuredParts): Measurement[] {
  return times.map((time, index) =>
    measurementOf({
      probe,
      process: { index, pid: 4000 + index },
      startedAt: '2026-03-01T10:00:00.000Z',
      elapsed: 1.2e9,
      seed: 42,
      status: 'ok',
      metrics: [timeMetric(time, index + 1, samples), ...(heaps ? [heapMetric(heaps[index] as number)] : [])],
      resources: {
        cpuUser: { unit: 'ns', scope: 'process', value: 1.1e9 + index * 1e7 },
        rssPeak: { unit: 'bytes', scope: 'process', value: 64 * 2 ** 20 + index * 2 ** 18 },
        steal: { unit: 'ratio', scope: 'machine', unavailable: 'this kernel has no /proc/stat' },
      },
      warnings: [...warnings],
    }),
  );
}

export function failing(
  probe: ProbeId,
  index: number,
  error: Failure,
  status: 'failed' | 'timed-out' | 'crashed',
): Measurement {
  return measurementOf({
    probe,
    process: { index, pid: 4100 + index },
    startedAt: '2026-03-01T10:00:30.000Z',
    elapsed: 3e8,
    seed: 42,
    status,
    error,
  });
}

export function summaryOf(probe: ProbeId, metric: Metric, values: readonly number[]): Summary {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    probe: probe as Summary['probe'],
    metric: metric.name,
    unit: metric.unit,
    better: metric.better,
    estimate: sorted[(sorted.length - 1) >> 1] as number,
    low: sorted[0] as number,
    high: sorted.at(-1) as number,
    confidence: attained(values.length),
    processes: values.length,
    judged: metric.judged,
  };
}

export const environment: Run['environment'] = (() => {
  const stable = { cpuModel: 'AMD EPYC 7763', cores: 8, os: 'linux', arch: 'x64', nodeMajor: 20 };
  return {
    key: environmentKey(stable),
    stable,
    volatile: {
      nodeVersion: { value: '20.19.0' },
      loadAverage: { value: 0.42 },
      memoryLimit: { value: 8 * 2 ** 30, unit: 'bytes' },
      governor: { unavailable: 'no cpufreq in this container' },
    },
  };
})();

/** A run of given measurements, with a summary per probe and metric over the processes that ended well. */
export function runOf(measurements: readonly Measurement[], more: Partial<Run> = {}): Run {
  const header: RunHeader = {
    schema: 'perf/run@1',
    tool: { name: 'perfkit', version: '0.1.0' },
    startedAt: '2026-03-01T10:00:00.000Z',
    seed: 42,
    environment,
    source: { commit: '1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d', branch: 'main', dirty: true },
  };
  const summaries = new Map<string, Summary>();
  for (const { probe, metrics } of measurements) {
    for (const metric of metrics) {
      const key = JSON.stringify([probe, metric.name]);
      const values = measurements
        .filter((other) => JSON.stringify(other.probe) === JSON.stringify(probe))
        .flatMap((other) =>
          other.metrics.filter(({ name }) => name === metric.name).map(({ value }) => value),
        );
      if (!summaries.has(key)) summaries.set(key, summaryOf(probe, metric, values));
    }
  }
  return {
    ...header,
    id: runId(header),
    finishedAt: '2026-03-01T10:00:41.000Z',
    status: 'complete',
    measurements: [...measurements],
    summaries: [...summaries.values()],
    ...more,
  };
}

/** 7 processes of two probes, times about 131 ns and 1.23 µs. */
export function plainRun(more: Partial<Run> = {}): Run {
  return runOf(
    [
      ...measured({
        probe: getHit,
        times: [131, 129, 130, 134, 132, 131, 130.5],
        heaps: [16, 16, 16.5, 16, 16, 15.5, 16],
      }),
      ...measured({ probe: getMiss, times: [1231, 1202, 1268, 1225, 1240, 1229, 1235] }),
    ],
    more,
  );
}

/** One compared metric; what is not given is that of a minor regression of `cache › get, hit`. */
export function comparedOf(more: Partial<Compared> = {}): Compared {
  return {
    probe: getHit as Compared['probe'],
    metric: 'time',
    unit: 'ns',
    better: 'lower',
    ratio: 1.23,
    low: 1.18,
    high: 1.29,
    confidence: attained(7),
    p: 0.0006,
    pAdjusted: 0.0012,
    threshold: 0.15,
    verdict: 'regressed',
    severity: 'minor',
    processes: { a: 7, b: 7 },
    center: { a: 107, b: 131 },
    values: { a: [107, 106, 108, 107.5, 105, 109, 107], b: [131, 129, 130, 134, 132, 131, 130.5] },
    ...more,
  };
}

export function comparisonOf(comparisons: readonly Compared[], more: Partial<Comparison> = {}): Comparison {
  return {
    schema: 'perf/comparison@1',
    variants: { a: { label: 'main' }, b: { label: 'this change' } },
    confidence: 0.95,
    comparisons: [...comparisons],
    incomparable: [],
    ...more,
  };
}

export const undecided: Compared = comparedOf({
  probe: getMiss as Compared['probe'],
  ratio: 1.042,
  low: 0.99,
  high: 1.097,
  threshold: 0.05,
  verdict: 'undecided',
  needed: 6,
  center: { a: 1184, b: 1231 },
  values: {
    a: [1150, 1184, 1201, 1179, 1222, 1160, 1190],
    b: [1231, 1202, 1268, 1225, 1240, 1229, 1235],
  },
});
delete undecided.severity;

export const improved: Compared = comparedOf({
  probe: parse as Compared['probe'],
  ratio: 0.88,
  low: 0.85,
  high: 0.91,
  threshold: 0.05,
  verdict: 'improved',
  center: { a: 5.1e6, b: 4.5e6 },
  values: {
    a: [5.1e6, 5.0e6, 5.2e6, 5.15e6, 5.05e6, 5.12e6, 5.08e6],
    b: [4.5e6, 4.45e6, 4.6e6, 4.55e6, 4.4e6, 4.52e6, 4.49e6],
  },
});
delete improved.severity;

export const equivalent: Compared = comparedOf({
  metric: 'heap',
  unit: 'bytes',
  ratio: 1.004,
  low: 0.992,
  high: 1.016,
  verdict: 'equivalent',
  center: { a: 16, b: 16 },
  values: { a: [16, 16, 15.9, 16, 16, 16.1, 16], b: [16, 16, 16.5, 16, 16, 15.5, 16] },
});
delete equivalent.severity;

/** A run against its baseline with one of everything: a regression, an undecided, an improvement, a failure, a new probe. */
export function fullRun(): Run {
  const encode: ProbeId = { suite: 'parser', name: 'encode', kind: 'bench', params: {} };
  const evict: ProbeId = { suite: 'cache', name: 'evict', kind: 'bench', params: {} };
  const crash: Failure = {
    code: 'runner/crashed',
    message: 'The process ended before it answered. Run it alone: perfkit run --only "cache › evict".',
    exitCode: null,
    signal: 'SIGSEGV',
    output: 'evicting 1000 entries\n\u001b[31mFATAL\u001b[39m: heap corrupted\n',
    stack: 'Error: heap corrupted\n    at evict (cache.js:10:3)',
  };
  const noisy = [{ code: 'bench/not-steady', message: 'Its speed still changed when the warm-up was over.' }];
  return runOf(
    [
      ...measured({
        probe: getHit,
        times: [131, 129, 130, 134, 132, 131, 130.5],
        heaps: [16, 16, 16.5, 16, 16, 15.5, 16],
      }),
      ...measured({ probe: getMiss, times: [1231, 1202, 1268, 1225, 1240, 1229, 1235], warnings: noisy }),
      ...measured({
        probe: parse,
        times: [4.5e6, 4.45e6, 4.6e6, 4.55e6, 4.4e6, 4.52e6, 4.49e6],
        samples: 60,
      }),
      ...measured({ probe: encode, times: [8.1e5, 8.3e5, 8.0e5], warnings: noisy }),
      ...measured({ probe: evict, times: [910, 905, 921, 915, 899] }),
      failing(evict, 5, crash, 'crashed'),
      failing(evict, 6, crash, 'crashed'),
    ],
    {
      comparison: comparisonOf([comparedOf(), equivalent, undecided, improved], {
        incomparable: [{ probe: { ...encode, params: {} }, reason: 'measured in this change only.' }],
      }),
    },
  );
}
