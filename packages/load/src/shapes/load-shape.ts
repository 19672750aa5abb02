import type { LoadProfile } from '@perf/schema';

/** Calls in flight that are held, or that change evenly from one number to another. Closed model. */
export interface ConcurrencyStage {
  readonly model: 'closed';
  readonly seconds: number;
  readonly concurrency: number;
  /** Where a ramp ends; a ramp starts at `concurrency`. */
  readonly rampTo?: number;
}

/** Arrivals at equal distances, whatever becomes of the earlier ones. Open model. */
export interface ArrivalStage {
  readonly model: 'open';
  readonly seconds: number;
  /** Arrivals a second. */
  readonly rate: number;
}

/** A part of a load with one aim. */
export type StagePlan = ConcurrencyStage | ArrivalStage;

/** When a stage of `stress` counts as broken. */
export interface StressLimits {
  /** 99th percentile of the response times above this [ms]. */
  readonly p99Ms?: number;
  /** Share of operations that fail above this, in [0, 1]. */
  readonly errorRate?: number;
}

/** How a load goes over time: a plain value, made by `constant`, `ramp`, `arrivals`, `peak`, `stress` and others. */
export interface LoadShape {
  readonly shape: LoadProfile['shape'];
  readonly model: LoadProfile['model'];
  /** In order. Of `stress` they are the steps up, which end at the first that breaks. */
  readonly stages: readonly StagePlan[];
  readonly search?: StressSearch;
}

/** What `stress` looks for. */
export interface StressSearch {
  readonly until: StressLimits;
  /** Halvings between the greatest load that held and the least that broke. */
  readonly halvings: number;
}

/** Time that a shape asks for [s], at its longest. */
export function plannedSeconds({ stages, search }: LoadShape): number {
  const longest = Math.max(...stages.map((stage) => stage.seconds));
  return stages.reduce((sum, stage) => sum + stage.seconds, 0) + (search?.halvings ?? 0) * longest;
}

/** What a stage varies: its arrivals a second or its calls in flight. */
export function levelOf(stage: StagePlan): number {
  return stage.model === 'open' ? stage.rate : stage.concurrency;
}
