import { performance } from 'node:perf_hooks';
import type { LoadProfile, LoadStage } from '@perf/schema';
import { runClosed } from './models/closed-model.js';
import type { StageEnd, StageRun } from './models/model.js';
import { runOpen } from './models/open-model.js';
import { quantileOf } from './recording/latency-histogram.js';
import type { LoadRecorder } from './recording/load-recorder.js';
import type { StageRecorder } from './recording/stage-recorder.js';
import { type LoadShape, levelOf, type StagePlan } from './shapes/load-shape.js';
import { reasonItBroke } from './shapes/reason-it-broke.js';

/** What the stages of a load came to. */
export interface LoadCourse {
  readonly stages: readonly LoadStage[];
  readonly breakingPoint?: NonNullable<LoadProfile['breakingPoint']>;
  /** Of `stress`: the greatest level that held below the least that broke; absent when none held. */
  readonly capacity?: number;
  /** Whether arrivals waited because too many calls were in flight. */
  readonly capped: boolean;
}

export interface CourseOptions extends Omit<StageRun, 'stage'> {
  readonly load: LoadRecorder;
  /** When the measurement began, on the clock of `performance.now()` [ms]. */
  readonly startedAt: number;
  readonly onStage: (plan: StagePlan) => void;
}

/**
 * Runs a shape's stages one after the other; of `stress`, up to the first that breaks and then halfway between.
 *
 * @throws the signal's reason once it is aborted.
 */
export async function runStages(shape: LoadShape, options: CourseOptions): Promise<LoadCourse> {
  const stages: LoadStage[] = [];
  let capped = false;
  const run = async (plan: StagePlan): Promise<{ done: LoadStage; behind: boolean }> => {
    options.onStage(plan);
    const stage = options.load.begin();
    const end = await runStage(plan, { ...options, stage });
    options.load.end(stage);
    capped ||= end.capped;
    const done = stageDocument(plan, stage, end, options.startedAt);
    stages.push(done);
    return { done, behind: end.behind };
  };
  const { search } = shape;
  if (search === undefined) {
    for (const plan of shape.stages) await run(plan);
    return { stages, capped };
  }
  let held: StagePlan | undefined;
  let broke: StagePlan | undefined;
  let breakingPoint: LoadCourse['breakingPoint'];
  const attempt = async (plan: StagePlan) => {
    const { done, behind } = await run(plan);
    const reason = reasonItBroke(plan, done, behind, search.until);
    if (reason === undefined) held = plan;
    else {
      broke = plan;
      breakingPoint ??= { stage: stages.length - 1, reason };
    }
  };
  for (const plan of shape.stages) {
    if (broke === undefined) await attempt(plan);
  }
  for (let round = 0; round < search.halvings && held && broke; round += 1) {
    const between = halfway(held, broke);
    if (between === undefined) break;
    await attempt(between);
  }
  return {
    stages,
    capped,
    ...(breakingPoint !== undefined && { breakingPoint }),
    ...(held !== undefined && { capacity: levelOf(held) }),
  };
}

/** Runs one stage in its model. */
export function runStage(plan: StagePlan, run: StageRun): Promise<StageEnd> {
  return plan.model === 'open' ? runOpen(plan, run) : runClosed(plan, run);
}

function halfway(held: StagePlan, broke: StagePlan): StagePlan | undefined {
  const level = (levelOf(held) + levelOf(broke)) / 2;
  if (held.model === 'open') return { ...held, rate: level };
  const concurrency = Math.floor(level);
  return concurrency === held.concurrency ? undefined : { ...held, concurrency };
}

function stageDocument(plan: StagePlan, stage: StageRecorder, end: StageEnd, startedAt: number): LoadStage {
  const { response } = stage;
  const sinceStart = (ms: number) => Math.round((ms - startedAt) * 1e6);
  return {
    ...aimOf(plan),
    from: sinceStart(end.from),
    to: sinceStart(Math.max(end.to, performance.now())),
    operations: stage.operations,
    errors: stage.errors.toRecord(),
    throughput: end.throughput,
    ...(stage.successes > 0 && {
      latency: {
        p50: quantileOf(response, 0.5),
        p90: quantileOf(response, 0.9),
        p99: quantileOf(response, 0.99),
        p999: quantileOf(response, 0.999),
        max: response.maxValue,
      },
    }),
  };
}

/** What a stage of the document aimed at: one of the three. */
interface Aim {
  readonly rate?: number;
  readonly concurrency?: number;
  readonly ramp?: { readonly from: number; readonly to: number };
}

/** What the stage varies, by the names of the document. Of a ramp `from` and `to`, which the schema does not name. */
function aimOf(plan: StagePlan): Aim {
  if (plan.model === 'open') return { rate: plan.rate };
  const { concurrency, rampTo } = plan;
  return rampTo === undefined ? { concurrency } : { ramp: { from: concurrency, to: rampTo } };
}
