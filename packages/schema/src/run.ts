import { z } from 'zod';
import { comparisonSchema } from './comparison.js';
import { contentId } from './content-id.js';
import { environmentSchema } from './environment.js';
import { countedSchema } from './instructions.js';
import { intervalSchema } from './interval.js';
import type { Known } from './known.js';
import {
  culpritSchema,
  exhaustionSchema,
  fullAtSchema,
  leakResources,
  leakVerdicts,
  measurementSchema,
} from './measurement.js';
import { betterSchema, bounds, unitSchema } from './metric.js';
import { probeIdSchema } from './probe-id-schema.js';

/** Where the measured code came from. Empty outside a repository. */
const sourceSchema = z.looseObject({
  commit: z.string().exactOptional(),
  branch: z.string().exactOptional(),
  /** Whether files that git knows differed from the commit. */
  dirty: z.boolean().exactOptional(),
  /** Place of the commit in its branch: commits reachable through first parents. */
  order: z.int().nonnegative().exactOptional(),
});

/** One probe's metric over all processes of a run. */
const summarySchema = z.looseObject({
  probe: probeIdSchema,
  metric: z.string().min(1),
  unit: unitSchema,
  better: betterSchema,
  /** Median of the processes' values, in `unit`. */
  estimate: z.number(),
  low: z.number(),
  high: z.number(),
  /** Confidence that `low` and `high` really attain. */
  confidence: z.number(),
  processes: z.int().positive(),
  judged: z.boolean(),
});

/** A probe at one point of its parameters that its file keeps from being measured. */
const skippedSchema = z.looseObject({
  probe: probeIdSchema,
  /** `skip`: it is marked so itself. `only`: others are marked with that. */
  reason: z.enum(['skip', 'only']),
});

export const gateStates = ['passed', 'failed', 'undecided', 'not-measured'] as const;

/** An absolute limit and how the run stood to it. */
const gateSchema = z.looseObject({
  /** Absent where the limit is on the whole run, such as on its time. */
  probe: probeIdSchema.exactOptional(),
  metric: z.string().min(1),
  unit: unitSchema,
  bound: z.enum(bounds),
  /** In `unit`. */
  limit: z.number(),
  state: z.enum(gateStates),
  /** In `unit`; absent when it was not measured. */
  observed: intervalSchema.exactOptional(),
  /** Confidence that `observed` really attains; 0 for the one value of one process. */
  confidence: z.number().exactOptional(),
  /** Processes behind `observed`. */
  processes: z.int().nonnegative(),
  /** Why it was not measured. */
  reason: z.string().exactOptional(),
  /** Where the limit was set: `perf.config.yaml`, the probe, or `default`. */
  origin: z.string().min(1),
});

/** A probe's growth of one resource over all processes of a run. */
const leakSummarySchema = z.looseObject({
  probe: probeIdSchema,
  resource: z.enum(leakResources),
  verdict: z.enum(leakVerdicts),
  /** Growth per iteration: bytes, or for `fd` and `handle` their number. */
  bytesPerIteration: intervalSchema,
  processes: z.int().positive(),
  culprit: culpritSchema.exactOptional(),
  sensitivityBytes: z.number(),
  exhaustion: exhaustionSchema.exactOptional(),
  fullAt: fullAtSchema.exactOptional(),
});

/**
 * The Universal Scalability Law over all processes of a probe: X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)).
 */
const scalabilitySchema = z.looseObject({
  probe: probeIdSchema,
  points: z.array(z.looseObject({ process: z.int(), concurrency: z.number(), throughput: z.number() })),
  /** Throughput of one [1/s], contention and coherency; absent with a `reason` when the points allow no fit. */
  fit: z
    .looseObject({
      lambda: intervalSchema,
      sigma: intervalSchema,
      kappa: intervalSchema,
      /**
       * Concurrency of the greatest throughput, and that throughput [1/s]. Absent when throughput grows on as far as
       * the fit can tell.
       */
      peak: z.looseObject({ concurrency: intervalSchema, throughput: intervalSchema }).exactOptional(),
      /** Concurrency at which the ideal line meets the greatest throughput: beyond it, more of it mostly waits. */
      knee: intervalSchema.exactOptional(),
      /** Share of the variation that the law explains. */
      r2: z.number(),
    })
    .exactOptional(),
  reason: z.string().exactOptional(),
});

/** How many processes of a benchmark warmed up in which way: one figure over all of them would hide that they differ. */
const warmUpSummarySchema = z.looseObject({
  probe: probeIdSchema,
  classes: z.looseObject({
    flat: z.int().nonnegative(),
    'warm-up': z.int().nonnegative(),
    'slow-down': z.int().nonnegative(),
    'no-steady-state': z.int().nonnegative(),
  }),
});

/** Time under observation over time without, minus 1: what measuring itself costs the measured code. */
const overheadSchema = intervalSchema.extend({
  /** Processes behind it. */
  processes: z.int().positive(),
});

export const runSchema = z.looseObject({
  schema: z.literal('perf/run@1'),
  /** Derived by `runId` from what is known when a run starts, so that a run can be stored while it goes on. */
  id: z.string().min(1),
  /** What a run of a comparison measured, so that the two sides are told apart. */
  variant: z.string().exactOptional(),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().exactOptional(),
  /** `running` in a store means that the run was killed, or goes on still. */
  status: z.enum(['running', 'complete', 'interrupted']),
  seed: z.int(),
  environment: environmentSchema,
  source: sourceSchema,
  measurements: z.array(measurementSchema),
  /** Probes that were asked for and not measured. */
  skipped: z.array(skippedSchema).exactOptional(),
  /** Confidence that its intervals were asked to keep: 0.95 where it is absent. */
  confidence: z.number().exactOptional(),
  summaries: z.array(summarySchema).exactOptional(),
  gates: z.array(gateSchema).exactOptional(),
  leaks: z.array(leakSummarySchema).exactOptional(),
  /** Instructions of its probes; absent where nobody asked for them. */
  instructions: z.array(countedSchema).exactOptional(),
  scalability: z.array(scalabilitySchema).exactOptional(),
  warmUps: z.array(warmUpSummarySchema).exactOptional(),
  overhead: z
    .looseObject({
      /** Of the monitor, which is on while samples are taken. */
      observation: overheadSchema.exactOptional(),
      /** Of the profilers, which run after the samples. */
      profiling: overheadSchema.exactOptional(),
    })
    .exactOptional(),
  /** This run as variant b against its baseline as variant a, when there was one. */
  comparison: comparisonSchema.exactOptional(),
});

/** Everything that one run measured. */
export type Run = Known<z.infer<typeof runSchema>>;
export type RunSource = Run['source'];
export type Summary = NonNullable<Run['summaries']>[number];
export type Gate = NonNullable<Run['gates']>[number];
export type LeakSummary = NonNullable<Run['leaks']>[number];
export type Scalability = NonNullable<Run['scalability']>[number];
export type Overhead = NonNullable<Run['overhead']>;
export type WarmUpSummary = NonNullable<Run['warmUps']>[number];
export type SkippedProbe = NonNullable<Run['skipped']>[number];
/** What is worked out when a run ends, beside its comparison. */
export type RunFindings = Pick<Run, 'summaries' | 'gates' | 'leaks' | 'scalability' | 'overhead' | 'warmUps'>;
/** A run without what it measured: what is known when it starts. */
export type RunHeader = Omit<
  Run,
  | 'id'
  | 'measurements'
  | 'confidence'
  | keyof RunFindings
  | 'instructions'
  | 'comparison'
  | 'finishedAt'
  | 'status'
>;

/** A run's id, from what is known when it starts. */
export function runId(header: RunHeader): string {
  const { schema, variant, tool, startedAt, seed, environment, source } = header;
  return contentId({ schema, variant, tool, startedAt, seed, environment: environment.key, source });
}
