const STATISTICS = [
  ...['aad', 'critical', 'df', 'mad', 'max', 'mean', 'min', 'moe', 'p50', 'p75', 'p99', 'p995', 'p999'],
  ...['rme', 'samplesCount', 'sd', 'sem', 'variance'],
];

/**
 * The result of a task that was not run: every figure that a version of tinybench gives, and none of them a number.
 *
 * Files that print, sort or format results after `run()` go on without one; arithmetic on what was not measured stays
 * not a number.
 */
export interface NoFigures {
  readonly state: 'not-started';
  readonly samples: readonly number[];
  readonly [figure: string]: unknown;
}

export function noFigures(timestampProviderName: string): NoFigures {
  const statistics = { ...notNumbers(STATISTICS), samples: [] };
  return {
    ...notNumbers(['hz', 'period', 'totalTime']),
    ...statistics,
    state: 'not-started',
    latency: statistics,
    throughput: statistics,
    aborted: false,
    error: undefined,
    runtime: 'node',
    runtimeVersion: process.versions.node,
    timestampProviderName,
  };
}

function notNumbers(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, Number.NaN]));
}
