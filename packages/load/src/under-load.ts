import { performance } from 'node:perf_hooks';
import { type Recording, type Resources, record, watch } from '@perf/monitor';
import type { Measurement, ProbeContext, Timeline } from '@perf/schema';
import { DRAIN_MS, type LoadOptions } from './load-options.js';
import { LoadRecorder } from './recording/load-recorder.js';
import { LoadTimeline } from './recording/load-timeline.js';
import { mergedTimeline } from './recording/merged-timeline.js';
import { type LoadCourse, runStages } from './run-stages.js';
import { fitToTime } from './shapes/fit-to-time.js';
import { type LoadShape, plannedSeconds } from './shapes/load-shape.js';
import { warmUp } from './warm-up.js';

const MAX_IN_FLIGHT = 10_000;
/** Part of a load that its warm-up takes at most. */
const WARMUP_SHARE = 0.1;
/** Kept free before the deadline for teardown and the answer [ms]. */
const ENDING_MS = 2000;
/** Part of the time before a deadline that ends of stages may need to wait for what is in flight. */
const DRAIN_SHARE = 1 / 3;
/** The monitor reads at least twice an interval of the timeline, within these bounds [ms]. */
const READ_MS = { most: 500, least: 100 };

export interface Load {
  /** One operation. */
  readonly call: () => unknown;
  /** Whether it is done in another process. */
  readonly remote: boolean;
  readonly targetPid: number | undefined;
  readonly shape: LoadShape;
  readonly options: LoadOptions;
  readonly context: ProbeContext;
}

/** Everything that was seen of a load. */
export interface ObservedLoad {
  /** ISO 8601, and on the clock of `performance.now()` [ms]. */
  readonly date: string;
  readonly startedAt: number;
  /** The shape as it was run. */
  readonly shape: LoadShape;
  /** Whether the deadline took part of its time. */
  readonly cut: boolean;
  readonly maxInFlight: number;
  readonly remote: boolean;
  readonly course: LoadCourse;
  readonly recorder: LoadRecorder;
  readonly timeline: Timeline;
  readonly resources: Measurement['resources'];
}

/** Warms up and runs a load while this process and the target are observed. @throws the signal's reason. */
export async function underLoad({
  call,
  remote,
  targetPid,
  options,
  context,
  ...asked
}: Load): Promise<ObservedLoad> {
  const { signal, budget } = context;
  const date = new Date().toISOString();
  const startedAt = performance.now();
  const { drainMs = DRAIN_MS, maxInFlight = MAX_IN_FLIGHT } = options;
  const wanted = fitToTime(asked.shape, budget.share, Number.POSITIVE_INFINITY);
  const wantedMs = plannedSeconds(wanted) * 1000;
  const warmupMs = options.warmupMs ?? Math.min(budget.warmupMs, wantedMs * WARMUP_SHARE);
  const leftMs = context.deadline - Date.now() - warmupMs - ENDING_MS;
  const drains = wanted.stages.length + (wanted.search?.halvings ?? 0) + (warmupMs > 0 ? 1 : 0);
  // A load that took all the time would count what is in flight at its end as errors, which are not the target's.
  const shape = fitToTime(wanted, 1, leftMs - Math.min(drainMs * drains, leftMs * DRAIN_SHARE));
  const plannedMs = plannedSeconds(shape) * 1000;
  const run = {
    call,
    signal,
    maxInFlight,
    drainMs: Math.max(1, Math.min(drainMs, (leftMs - plannedMs) / drains)),
  };
  await warmUp(shape, warmupMs, run);

  const recorder = new LoadRecorder();
  const stops: (() => unknown)[] = [];
  try {
    const observation = watch();
    let resources: Promise<Resources> | undefined;
    const stopWatching = () => {
      resources ??= observation.stop();
      return resources;
    };
    stops.push(stopWatching);
    const recordedFrom = performance.now();
    const timeline = new LoadTimeline(recorder, plannedMs);
    stops.push(() => timeline.stop());
    const recording = record({
      everyMs: Math.max(READ_MS.least, Math.min(timeline.intervalMs / 2, READ_MS.most)),
      ...(targetPid !== undefined && { targetPid }),
    });
    stops.push(() => recording.stop());
    let doing = '';
    const { tell } = context;
    if (tell !== undefined) {
      const stopNews = timeline.onNews((figures) => {
        const standing = standingOf(recording, targetPid !== undefined);
        tell({ doing: `${doing}${recorder.inFlight} in flight`, figures: { ...figures, ...standing } });
      });
      stops.push(stopNews);
    }
    const course = await runStages(shape, {
      ...run,
      load: recorder,
      startedAt,
      onStage: (plan) => {
        doing = plan.model === 'open' ? `${plan.rate} arrivals a second, ` : '';
      },
    });
    timeline.stop();
    const recorded = recording.stop();
    return {
      date,
      startedAt,
      shape,
      cut: plannedMs < wantedMs,
      maxInFlight,
      remote,
      course,
      recorder,
      timeline: mergedTimeline(timeline.points, recorded, startedAt, recordedFrom),
      resources: await stopWatching(),
    };
  } finally {
    // Each stops once: what has stopped above gives the same again.
    await Promise.allSettled(stops.reverse().map(async (stop) => stop()));
  }
}

/** CPU and memory of the target and CPU of the generator, or of this process where no other is observed. */
function standingOf(recording: Recording, target: boolean): ReturnType<Recording['latest']> {
  const latest = recording.latest();
  const names = target ? ['target cpu', 'target rss', 'cpu'] : ['cpu', 'rss'];
  return Object.fromEntries(
    names.flatMap((name) => (latest[name] === undefined ? [] : [[name, latest[name]] as const])),
  );
}
