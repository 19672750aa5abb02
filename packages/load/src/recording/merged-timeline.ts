import type { Recording } from '@perf/monitor';
import type { Timeline } from '@perf/schema';
import type { LoadPoint } from './load-timeline.js';

/**
 * The points of a load with what the monitor saw of the processes in the same intervals.
 *
 * @param startedAt - When the measurement began, on the clock of `performance.now()` [ms].
 * @param recordedFrom - When the recording began, on the same clock.
 */
export function mergedTimeline(
  points: readonly LoadPoint[],
  recorded: ReturnType<Recording['stop']>,
  startedAt: number,
  recordedFrom: number,
): Timeline {
  const own = (
    name: string,
    unit: Timeline['series'][number]['unit'],
    pick: (point: LoadPoint) => number | null,
  ) => ({ name, unit, scope: 'process', values: points.map(pick) }) as const;
  const intervals = points.map(({ at }) => (at - recordedFrom) * 1e6);
  return {
    at: points.map(({ at }) => Math.round((at - startedAt) * 1e6)),
    series: [
      own('throughput', '1/s', ({ throughput }) => throughput),
      own('latency_p50', 'ns', ({ p50 }) => p50),
      own('latency_p99', 'ns', ({ p99 }) => p99),
      own('errors', 'count', ({ failures }) => failures),
      own('concurrency', 'count', ({ inFlight }) => inFlight),
      ...recorded.series.map((series) => ({ ...series, values: resampled(recorded.at, series, intervals) })),
    ],
  };
}

/** One value for each interval: the mean of shares, the greatest delay, the last of everything else. */
function resampled(
  at: readonly number[],
  { name, unit, values }: Timeline['series'][number],
  ends: readonly number[],
): (number | null)[] {
  let next = 0;
  return ends.map((end, index) => {
    const within: number[] = [];
    const last = index === ends.length - 1;
    for (; next < at.length && (last || (at[next] ?? 0) <= end); next += 1) {
      const value = values[next];
      if (value !== null && value !== undefined) within.push(value);
    }
    if (within.length === 0) return null;
    if (name === 'eventLoopDelay') return Math.max(...within);
    if (unit === 'ratio') return within.reduce((sum, value) => sum + value, 0) / within.length;
    return within.at(-1) ?? null;
  });
}
