import { performance } from 'node:perf_hooks';
import type { Timeline, Unit } from '@perf/schema';
import { MonitorError } from '../monitor-error.js';
import { Points } from './points.js';
import { ownSeries, type Series, targetSeries } from './series.js';
import { showsProcesses, targetProcess } from './target-process.js';

const EVERY_MS = 250;
/** Timers of Node.js overflow above 24.8 days. */
const DAY_MS = 86_400_000;

export interface RecordOptions {
  /** Time between readings [ms], from 10; default 250. Long recordings keep coarser points. */
  readonly everyMs?: number;
  /** A process to observe beside this one, such as the server under load: by its id, on Linux. */
  readonly targetPid?: number;
}

/** Figures of this process, and of a target if there is one, while they go on. */
export interface Recording {
  /**
   * The last readings by name: `cpu`, `rss`, … of this process, `target cpu`, `target rss`, … of the target. Those that
   * could not be read are left out; none before the first.
   */
  latest(): Readonly<Record<string, { value: number; unit: Unit }>>;
  /** Ends the recording and gives it all. A second call gives the same. */
  stop(): Timeline;
}

/**
 * Records how this process, and on Linux another one, use CPU and memory over time.
 *
 * The timeline has the series `cpu` (of one core), `rss`, `heapUsed`, `external` [bytes] and `eventLoopDelay` (greatest
 * since the last point [ns]) of scope `process`, and with a target `cpu`, `rss` and `fds` of scope `target`. These
 * are `null` from when the target has ended, and left out where there is no /proc.
 *
 * Its timers do not keep the process alive. Readings come as late as the event loop lets them; `at` says when they
 * were made. Memory is bounded: above 2,400 points, neighbours are merged.
 *
 * @throws {MonitorError} `monitor/option`.
 */
export function record(options: RecordOptions = {}): Recording {
  const { everyMs = EVERY_MS, targetPid } = options;
  check('everyMs', everyMs, everyMs >= 10 && everyMs <= DAY_MS, 'milliseconds from 10 to a day (86,400,000)');
  check(
    'targetPid',
    targetPid,
    Number.isInteger(targetPid ?? 1) && (targetPid ?? 1) > 0,
    'the id of a process',
  );
  const readers = [ownSeries()];
  if (targetPid !== undefined && showsProcesses()) readers.push(targetSeries(targetProcess(targetPid)));
  const series = readers.flatMap((reader) => reader.series);
  const points = new Points(series);
  const startedAt = performance.now();
  let lastAt = 0;
  let latest: (number | null)[] = [];
  const look = () => {
    lastAt = Math.round((performance.now() - startedAt) * 1e6);
    latest = readers.flatMap((reader) => reader.read());
    points.add(lastAt, latest);
  };
  const timer = setInterval(look, everyMs).unref();
  let timeline: Timeline | undefined;
  return {
    latest: () => named(series, latest),
    stop() {
      if (timeline !== undefined) return timeline;
      clearInterval(timer);
      const rest = (performance.now() - startedAt) * 1e6 - lastAt;
      if (lastAt === 0 || rest >= (everyMs * 1e6) / 2) look();
      for (const reader of readers) reader.close();
      timeline = points.timeline();
      return timeline;
    },
  };
}

function named(
  series: readonly Series[],
  values: readonly (number | null)[],
): Record<string, { value: number; unit: Unit }> {
  return Object.fromEntries(
    series.flatMap(({ name, unit, scope }, index) => {
      const value = values[index] ?? null;
      return value === null ? [] : [[scope === 'target' ? `target ${name}` : name, { value, unit }]];
    }),
  );
}

function check(name: string, seen: unknown, good: boolean, wanted: string): void {
  if (good) return;
  throw new MonitorError('monitor/option', `The option "${name}" of record() is ${String(seen)}.`, {
    seen,
    remedy: `Give ${wanted}.`,
  });
}
