import type { AdviceFinding, Artifacts, LoadStage, Run } from '@perf/schema';
import { describe, expect, it } from 'vitest';
import { advise, comparisonId } from '../src/index.js';
import {
  churn,
  compared,
  comparisonOf,
  leakSummary,
  metric,
  type ProcessParts,
  runOf,
  scalability,
  times,
  traffic,
} from './documents.js';

function found(run: Run, rule: string, baseline?: Run): AdviceFinding[] {
  const { findings } = advise(run, baseline === undefined ? {} : { baseline });
  return findings.filter((finding) => finding.rule === rule);
}

const ids = (run: Run) => run.measurements.map(({ id }) => id);

describe('garbage collection', () => {
  /** `paused` of 300 ms, all of it on one core. */
  const collecting = (paused: number): ProcessParts => ({
    resources: { gcTime: paused * 300e6, cpuUser: 280e6, cpuSystem: 20e6, cpuShare: 1 },
  });

  it('is told from a tenth of the time on, with the share over the processes and their ids', () => {
    const run = runOf(times(7, (index) => collecting(0.2 + index / 1000)));
    const [finding] = found(run, 'gc-share');
    expect(finding).toMatchObject({ severity: 'minor', metric: 'gc', unit: 'ratio', evidence: ids(run) });
    expect(finding?.observed.low).toBeCloseTo(0.2);
    expect(finding?.observed.estimate).toBeCloseTo(0.203);
    expect(found(runOf(times(7, collecting(0.09))), 'gc-share')).toEqual([]);
  });

  it('is graded by what the code would gain without it: a third is moderate, two thirds and more critical', () => {
    expect(found(runOf(times(7, collecting(0.4))), 'gc-share')[0]?.severity).toBe('moderate');
    expect(found(runOf(times(7, collecting(0.7))), 'gc-share')[0]?.severity).toBe('critical');
  });

  it('counts against the time observed, also where the process was idle half of it', () => {
    const idle = runOf(
      times(7, { resources: { gcTime: 60e6, cpuUser: 150e6, cpuSystem: 0, cpuShare: 0.5 } }),
    );
    expect(found(idle, 'gc-share')[0]?.observed.estimate).toBeCloseTo(0.2);
  });

  it('says nothing where one process falls below, where nothing was observed, or of the generator of a load', () => {
    expect(found(runOf([...times(2, collecting(0.5)), collecting(0.01)]), 'gc-share')).toEqual([]);
    expect(found(runOf(times(7, collecting(0))), 'gc-share')).toEqual([]);
    const none = { resources: { gcTime: 0, cpuUser: 0, cpuSystem: 0, cpuShare: 0 } };
    expect(found(runOf(times(7, none)), 'gc-share')).toEqual([]);
    expect(found(runOf(times(7, { ...collecting(0.5), probe: traffic })), 'gc-share')).toEqual([]);
  });
});

describe('the event loop', () => {
  const late = (ms: number, utilization = 0.8, more: ProcessParts = {}): ProcessParts => ({
    resources: { eventLoopDelayP99: ms * 1e6, eventLoopUtilization: utilization },
    ...more,
  });

  it.each([
    [60, 'minor'],
    [150, 'moderate'],
    [1500, 'critical'],
  ])('late by %i ms is %s', (ms, severity) => {
    const [finding] = found(runOf(times(6, late(ms, 0.8, { probe: traffic }))), 'event-loop-blocked');
    expect(finding).toMatchObject({ severity, unit: 'ns', observed: { estimate: ms * 1e6 } });
  });

  it('late by less than a long task is no finding', () => {
    expect(found(runOf(times(6, late(49))), 'event-loop-blocked')).toEqual([]);
  });

  it('of a benchmark that never let it turn says nothing: that is the measuring', () => {
    expect(found(runOf(times(6, late(300, 1))), 'event-loop-blocked')).toEqual([]);
    expect(found(runOf(times(6, late(300, 0.7))), 'event-loop-blocked')).toHaveLength(1);
  });

  it('of a load generator is only worth knowing, and never the fault of the target', () => {
    const timeline = {
      at: [1],
      series: [{ name: 'cpu', unit: 'ratio' as const, scope: 'target' as const, values: [0.5] }],
    };
    const run = runOf(times(6, late(300, 0.8, { probe: traffic, artifacts: { timeline } })));
    const [finding] = found(run, 'event-loop-blocked');
    expect(finding).toMatchObject({ severity: 'info' });
    expect(finding?.title).toContain('load generator');
  });

  it('is read from the timeline where the monitor had nothing', () => {
    const values = [null, 1e6, 200e6, 200e6];
    const timeline = {
      at: [1, 2, 3, 4],
      series: [{ name: 'eventLoopDelay', unit: 'ns' as const, scope: 'process' as const, values }],
    };
    const run = runOf(times(3, { probe: traffic, artifacts: { timeline } }));
    expect(found(run, 'event-loop-blocked')[0]?.observed.estimate).toBe(200e6);
  });
});

describe('an allocation site', () => {
  const allocating = (share: number, bytes: number, file = '/app/src/cache.ts'): ProcessParts => ({
    metrics: [metric('time', 'ns', 1000), metric('heap', 'bytes', bytes)],
    artifacts: {
      allocationSites: [
        { function: 'clone', file: 'node:internal/util', line: 3, bytesPerOperation: bytes, share: 0.9 },
        { function: 'copyEntry', file, line: 42, bytesPerOperation: bytes * share, share },
      ],
    },
  });

  it('that allocates more than half is named with file, line and function', () => {
    const run = runOf(times(2, allocating(0.8, 4096)));
    expect(found(run, 'allocation-site')).toMatchObject([
      {
        severity: 'info',
        observed: { estimate: 0.8, low: 0.8, high: 0.8 },
        place: { file: '/app/src/cache.ts', line: 42, function: 'copyEntry' },
        evidence: ids(run),
      },
    ]);
  });

  it('of a package is named as such', () => {
    const file = '/app/node_modules/.pnpm/lru@1.0.0/node_modules/@scope/lru/index.js';
    const [finding] = found(runOf(times(2, allocating(0.8, 4096, file))), 'allocation-site');
    expect(finding?.detail).toContain('of the package "@scope/lru"');
  });

  it('that one process does not list, that shares with others, or of code that allocates little is no finding', () => {
    const without = { ...allocating(0.8, 4096), artifacts: {} };
    const other = allocating(0.8, 4096, '/app/other.ts');
    expect(found(runOf([allocating(0.8, 4096), other]), 'allocation-site')).toEqual([]);
    expect(found(runOf(times(2, allocating(0.4, 4096))), 'allocation-site')).toEqual([]);
    expect(found(runOf(times(2, allocating(0.8, 16))), 'allocation-site')).toEqual([]);
    expect(found(runOf(times(2, without)), 'allocation-site')).toEqual([]);
  });
});

describe('scaling', () => {
  const scaled = times(3, {
    probe: traffic,
    artifacts: { load: { model: 'closed', shape: 'scale', stages: [] } },
  });
  const sigma = { estimate: 0.1, low: 0.08, high: 0.12 };
  const kappa = { estimate: 0.002, low: 0.001, high: 0.003 };

  it('tells contention with its ceiling when the interval of sigma excludes 0', () => {
    const run = runOf(scaled, { scalability: [scalability({ sigma })] });
    const [finding] = found(run, 'contention');
    expect(finding).toMatchObject({
      metric: 'sigma',
      observed: sigma,
      severity: 'moderate',
      evidence: ids(run),
    });
    expect(finding?.detail).toContain('above 1000 /s');
    expect(found(run, 'coherency')).toEqual([]);
  });

  it('tells coherency with its peak when the interval of kappa excludes 0', () => {
    const peak = {
      concurrency: { estimate: 22.4, low: 18, high: 30 },
      throughput: { estimate: 1100, low: 1000, high: 1200 },
    };
    const [finding] = found(runOf(scaled, { scalability: [scalability({ kappa, peak })] }), 'coherency');
    expect(finding?.observed).toEqual(kappa);
    expect(finding?.detail).toContain('at about 22 at a time (1100 /s)');
  });

  it('says nothing where the interval includes 0, or where there is no fit', () => {
    const open = { estimate: 0.1, low: 0, high: 0.2 };
    expect(
      advise(runOf(scaled, { scalability: [scalability({ sigma: open, kappa: open })] })).findings,
    ).toEqual([]);
    const { fit: _none, ...unfit } = scalability({});
    expect(advise(runOf(scaled, { scalability: [{ ...unfit, reason: 'too few' }] })).findings).toEqual([]);
  });

  it('is only worth knowing while it costs less than a tenth', () => {
    const small = { estimate: 0.002, low: 0.001, high: 0.003 };
    const run = runOf(scaled, { scalability: [scalability({ sigma: small })] });
    expect(found(run, 'contention')[0]?.severity).toBe('info');
  });
});

describe('memory growth', () => {
  const leakFinding = {
    kind: 'leak' as const,
    verdict: 'leaking' as const,
    resource: 'heap' as const,
    bytesPerIteration: { estimate: 1024, low: 1000, high: 1048 },
    sensitivityBytes: 10,
  };
  const processes = times(3, {
    probe: churn,
    findings: [leakFinding, { ...leakFinding, resource: 'rss' }, { ...leakFinding, resource: 'fd' }],
    artifacts: {
      growth: { iterations: [1], readings: {}, constructors: [{ name: 'Session', count: 10, bytes: 9000 }] },
    },
  });

  it('names what holds it, the kind of objects and the place', () => {
    const culprit = {
      path: ['(global)', 'sessions', 'Map'],
      site: { file: '/app/src/session.ts', line: 7, package: 'store' },
    };
    const run = runOf(processes, { leaks: [leakSummary({ culprit })] });
    const [finding] = found(run, 'memory-growth');
    expect(finding).toMatchObject({
      severity: 'moderate',
      metric: 'heap',
      unit: 'bytes',
      observed: { estimate: 1024 },
      place: { file: '/app/src/session.ts', line: 7 },
      evidence: ids(run),
    });
    for (const part of ['(global) → sessions → Map', '"Session"', 'package "store"']) {
      expect(finding?.detail).toContain(part);
    }
  });

  it('of the resident set is not told beside that of the heap, but is alone', () => {
    const rss = leakSummary({ resource: 'rss' });
    expect(found(runOf(processes, { leaks: [leakSummary(), rss] }), 'memory-growth')).toHaveLength(1);
    expect(found(runOf(processes, { leaks: [rss] }), 'memory-growth')[0]?.metric).toBe('rss');
  });

  it('that saturates, is steady or undecided is no finding', () => {
    const leaks = (['saturating', 'steady', 'undecided'] as const).map((verdict) => leakSummary({ verdict }));
    expect(found(runOf(processes, { leaks }), 'memory-growth')).toEqual([]);
  });

  it('is graded by the least that it may be, not by the middle', () => {
    const graded = (low: number) => {
      const growth = { estimate: 1, low, high: 1 };
      const run = runOf(processes, { leaks: [leakSummary({ resource: 'fd', bytesPerIteration: growth })] });
      return found(run, 'memory-growth')[0];
    };
    expect([1, 0.001, 0, -1].map((low) => graded(low)?.severity)).toEqual([
      'critical',
      'moderate',
      'minor',
      'minor',
    ]);
    expect(graded(-1)?.detail).toContain('Each iteration keeps 1 of fd');
  });

  it('is critical where a busy service fails within minutes: a descriptor an iteration', () => {
    const fd = leakSummary({ resource: 'fd', bytesPerIteration: { estimate: 1, low: 1, high: 1 } });
    const [finding] = found(runOf(processes, { leaks: [fd] }), 'memory-growth');
    expect(finding).toMatchObject({ severity: 'critical', unit: 'count' });
  });
});

describe('the error rate', () => {
  const stage = (concurrency: number, errors: LoadStage['errors']): LoadStage => ({
    concurrency,
    from: 0,
    to: 1e9,
    operations: 100,
    errors,
    throughput: 100,
  });
  const loaded = (rate: number, shape: 'ramp' | 'stress' = 'ramp'): ProcessParts => ({
    probe: traffic,
    metrics: [metric('error_rate', 'ratio', rate, false)],
    artifacts: {
      load: { model: 'closed', shape, stages: [stage(10, {}), stage(40, { 'http 500': 3, ECONNRESET: 1 })] },
    },
  });

  it('names the errors by kind and where they began', () => {
    const run = runOf(times(3, loaded(0.02)));
    const [finding] = found(run, 'error-rate');
    expect(finding).toMatchObject({ severity: 'moderate', observed: { estimate: 0.02 }, evidence: ids(run) });
    expect(finding?.detail).toContain('"http 500" (75 %), "ECONNRESET" (25 %)');
    expect(finding?.detail).toContain('They began at 40 in flight.');
  });

  it.each([
    [0.0005, undefined],
    [0.002, 'minor'],
    [0.5, 'critical'],
  ])('of %f is %s', (rate, severity) => {
    expect(found(runOf(times(3, loaded(rate))), 'error-rate')[0]?.severity).toBe(severity);
  });

  it('that only some processes had is told, but graded by what all had', () => {
    const run = runOf([loaded(0), loaded(0), loaded(0.5)]);
    expect(found(run, 'error-rate')[0]).toMatchObject({ severity: 'info', observed: { low: 0, high: 0.5 } });
  });

  it('of a stress test, which is meant to break its target, is no fault', () => {
    expect(found(runOf(times(3, loaded(0.5, 'stress'))), 'error-rate')[0]?.severity).toBe('info');
  });
});

describe('undecided', () => {
  const processes = times(7, { metrics: [metric('time', 'ns', 1000)] });
  const judged = (row: Parameters<typeof compared>[0], parts = processes) =>
    runOf(parts, { comparison: comparisonOf([compared(row)]) });
  const wide = { ratio: 1.1, low: 0.8, high: 1.5, verdict: 'undecided' } as const;
  const narrow = { ratio: 1.04, low: 1.01, high: 1.07, verdict: 'undecided' } as const;

  it('for noise: the interval is wider than the band, on enough processes', () => {
    const run = judged(wide);
    const [finding, ...more] = advise(run).findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({
      rule: 'too-noisy',
      severity: 'minor',
      observed: { estimate: 1.1, low: 0.8 },
    });
    expect(finding?.evidence).toEqual([comparisonId(comparisonOf([]), compared(wide))]);
    expect(finding?.detail).toContain('More processes alone are not expected to decide it.');
    expect(finding?.verify).toContain('perfkit doctor');
  });

  it('for noise with a warm-up that was not over says so', () => {
    const unsteady = times(7, { warnings: [{ code: 'bench/not-steady', message: '…' }] });
    expect(advise(judged(wide, unsteady)).findings[0]?.detail).toContain('In 7 of 7 processes');
  });

  it('for lack of processes: says how many in all', () => {
    for (const row of [
      { ...narrow, needed: 5 },
      { ...wide, needed: 5, confidence: 0.9 },
    ]) {
      const [finding, ...more] = advise(judged(row)).findings;
      expect(more).toEqual([]);
      expect(finding?.rule).toBe('too-few-processes');
      expect(finding?.verify).toBe('perfkit run --only "cache › get" --processes 12');
    }
  });

  it('for lack of pairs: sends to another comparison, not to a baseline', () => {
    const [finding] = advise(judged({ ...narrow, needed: 5, method: 'lockstep' })).findings;
    expect(finding?.verify).toBe('perfkit compare --only "cache › get" --processes 12');
    expect(finding?.detail).toContain('--budget');
    expect(finding?.detail).not.toContain('baseline');
  });

  it('on the threshold itself: neither more processes nor less noise would help, so nothing is said', () => {
    expect(advise(judged(narrow)).findings).toEqual([]);
  });

  it('without a baseline: too few processes are told once for the run, with what would do', () => {
    const run = runOf(times(3, { metrics: [metric('time', 'ns', 1000)] }));
    expect(advise(run).findings).toMatchObject([
      {
        rule: 'too-few-processes',
        severity: 'info',
        metric: 'processes',
        observed: { estimate: 3, low: 3, high: 3 },
        verify: 'perfkit run --processes 6',
      },
    ]);
  });

  it('without a baseline: a median that is not known to half of itself is told', () => {
    const run = runOf(times(7, (index) => ({ metrics: [metric('time', 'ns', 1000 * (1 + index / 4))] })));
    expect(advise(run).findings).toMatchObject([{ rule: 'too-noisy', severity: 'info', unit: 'ns' }]);
  });
});

it('no rule takes failed processes for evidence', () => {
  const artifacts: Artifacts = {};
  const run = runOf(
    times(7, {
      status: 'crashed',
      artifacts,
      resources: { gcTime: 200e6, cpuUser: 300e6, cpuSystem: 0, cpuShare: 1, eventLoopDelayP99: 2e9 },
      metrics: [metric('error_rate', 'ratio', 1)],
    }),
  );
  expect(advise(run).findings).toEqual([]);
});
