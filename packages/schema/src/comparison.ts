import { z } from 'zod';
import type { Known } from './known.js';
import { betterSchema, unitSchema } from './metric.js';
import { probeIdSchema } from './probe-id-schema.js';
import { severities } from './severities.js';

export const verdicts = ['regressed', 'improved', 'equivalent', 'undecided'] as const;

/** One probe's metric on two variants. `ratio` is b over a: 1.2 means that b reads 20 % higher. */
const comparedSchema = z.looseObject({
  probe: probeIdSchema,
  metric: z.string().min(1),
  unit: unitSchema,
  better: betterSchema,
  ratio: z.number(),
  low: z.number(),
  high: z.number(),
  /** Confidence that `low` and `high` really attain; below the asked level when processes are too few for it. */
  confidence: z.number(),
  /** Two-sided, against a ratio of 1. */
  p: z.number(),
  /** `p` after Benjamini and Hochberg over this metric of all probes compared here. */
  pAdjusted: z.number(),
  /** Change that still counts as equal, as a fraction: 0.2 lets b be up to 20 % worse than a. */
  threshold: z.number(),
  verdict: z.enum(verdicts),
  severity: z.enum(severities).exactOptional(),
  processes: z.looseObject({ a: z.int(), b: z.int() }),
  /** Median over the processes of each side, in `unit`. */
  center: z.looseObject({ a: z.number(), b: z.number() }),
  /** What lower values counted as in ratio, interval and p, in `unit`. */
  resolution: z.number().positive().exactOptional(),
  /** The value of each process, in `unit`: with them and the resolution the verdict can be computed again. */
  values: z.looseObject({ a: z.array(z.number()), b: z.array(z.number()) }),
  /** More processes per side that would decide an undecided comparison, as far as can be told. */
  needed: z.int().positive().exactOptional(),
});

/** What was measured on one side only, or failed, and so has no ratio. */
const incomparableSchema = z.looseObject({
  probe: probeIdSchema,
  metric: z.string().exactOptional(),
  reason: z.string(),
});

const variantSchema = z.looseObject({
  label: z.string(),
  run: z.string().exactOptional(),
  /** Key of the environment it was measured in. Where the two differ, so may the machines. */
  environment: z.string().exactOptional(),
});

export const comparisonSchema = z.looseObject({
  schema: z.literal('perf/comparison@1'),
  variants: z.looseObject({ a: variantSchema, b: variantSchema }),
  /** What the intervals and the adjusted p were asked to keep: 0.95 unless told otherwise. */
  confidence: z.number(),
  comparisons: z.array(comparedSchema),
  incomparable: z.array(incomparableSchema),
});

/** Two variants side by side. */
export type Comparison = Known<z.infer<typeof comparisonSchema>>;
export type Compared = Comparison['comparisons'][number];
export type Incomparable = Comparison['incomparable'][number];
export type Verdict = Compared['verdict'];
export type Severity = NonNullable<Compared['severity']>;
