import { z } from 'zod';
import { comparisonSchema } from './comparison.js';
import { contentId } from './content-id.js';
import { environmentSchema } from './environment.js';
import type { Known } from './known.js';
import { measurementSchema } from './measurement.js';
import { betterSchema, unitSchema } from './metric.js';
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
  /** Confidence that its intervals were asked to keep: 0.95 where it is absent. */
  confidence: z.number().exactOptional(),
  summaries: z.array(summarySchema).exactOptional(),
  /** This run as variant b against its baseline as variant a, when there was one. */
  comparison: comparisonSchema.exactOptional(),
});

/** Everything that one run measured. */
export type Run = Known<z.infer<typeof runSchema>>;
export type RunSource = Run['source'];
export type Summary = NonNullable<Run['summaries']>[number];
/** A run without what it measured: what is known when it starts. */
export type RunHeader = Omit<
  Run,
  'id' | 'measurements' | 'confidence' | 'summaries' | 'comparison' | 'finishedAt' | 'status'
>;

/** A run's id, from what is known when it starts. */
export function runId(header: RunHeader): string {
  const { schema, variant, tool, startedAt, seed, environment, source } = header;
  return contentId({ schema, variant, tool, startedAt, seed, environment: environment.key, source });
}
