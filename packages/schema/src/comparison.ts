import { z } from 'zod';
import { comparedCountSchema } from './instructions.js';
import type { Known } from './known.js';
import { pairingMethods } from './measurement.js';
import { betterSchema, unitSchema } from './metric.js';
import { probeIdSchema } from './probe-id-schema.js';
import { severities } from './severities.js';

/** What is known of whether the difference between two variants is in code that a probe runs. */
const reachLabels = ['reachable', 'not-executed', 'unknown', 'benchmark-changed'] as const;

/**
 * Whether the diff reached a probe, from what it executed on both sides. It explains a verdict and never changes one.
 *
 * - `reachable`: the probe executed code that differs, at `places`.
 * - `not-executed`: it executed nothing of what differs.
 * - `unknown`: what differs may act in ways that coverage does not see; `reason` says which.
 * - `benchmark-changed`: the probe itself is not the same on both sides, so that its ratio is not about the code alone.
 */
const reachSchema = z.looseObject({
  label: z.enum(reachLabels),
  /** Code that differs and was executed, each function once: paths from the base of the variant, lines from 1. */
  places: z
    .array(
      z.looseObject({
        file: z.string(),
        line: z.int().positive(),
        function: z.string(),
        /** Side that the line is of: what was deleted is on `a`, what was added on `b`. */
        side: z.enum(['a', 'b']),
      }),
    )
    .exactOptional(),
  reason: z.string().exactOptional(),
});

export const verdicts = ['regressed', 'improved', 'equivalent', 'undecided'] as const;

/**
 * A metric of one probe on two variants. `ratio` is b over a: 1.2 means that b reads 20 % higher. By itself it explains,
 * and fails nothing.
 */
const contextSchema = z.looseObject({
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
  processes: z.looseObject({ a: z.int(), b: z.int() }),
  /** Median over the processes of each side, in `unit`. */
  center: z.looseObject({ a: z.number(), b: z.number() }),
});

/** One that is judged. */
const comparedSchema = contextSchema.extend({
  /** `p` after Benjamini and Hochberg over this metric of all probes compared here. */
  pAdjusted: z.number(),
  /** Change that still counts as equal, as a fraction: 0.2 lets b be up to 20 % worse than a. */
  threshold: z.number(),
  verdict: z.enum(verdicts),
  severity: z.enum(severities).exactOptional(),
  /** What lower values counted as in ratio, interval and p, in `unit`. */
  resolution: z.number().positive().exactOptional(),
  /** The value of each process, in `unit`: with them and the resolution the verdict can be computed again. */
  values: z.looseObject({ a: z.array(z.number()), b: z.array(z.number()) }),
  /**
   * The time of each process over that of a reference kernel beside it, unitless: what ratio, interval and p are of, where
   * it is given. `machine` is how many times as slow the kernel was on b, which the ratio therefore leaves out.
   */
  normalised: z
    .looseObject({ a: z.array(z.number()), b: z.array(z.number()), machine: z.number().positive() })
    .exactOptional(),
  /** How the two sides were set against each other; absent where each process ran for itself. */
  method: z.enum(pairingMethods).exactOptional(),
  /** What each pair of processes says of b over a; the ratio, its interval and p follow from them. */
  pairs: z
    .array(
      z.looseObject({
        ratio: z.number().positive(),
        /** 1 for the first series, 2 for the fresh one. */
        round: z.int().positive(),
        /** How often its series was planned to be looked at: what the interval allows for. Absent: ten times. */
        looks: z.int().positive().exactOptional(),
        /** Of the pair's log-ratio, from its batches; absent where each process gave one value. */
        standardError: z.number().nonnegative().exactOptional(),
      }),
    )
    .exactOptional(),
  /** Whether fresh pairs agreed with a change that the first ones showed; absent where nothing was to be confirmed. */
  confirmed: z.boolean().exactOptional(),
  /** Whether the diff reached the probe; absent where nobody looked. */
  reach: reachSchema.exactOptional(),
  /** That people accept this regression for a while: every report says so. */
  waiver: z
    .looseObject({
      reason: z.string(),
      /** The last day, UTC. */
      until: z.iso.date(),
      /** Whether it keeps the regression from failing: not when that day is over, nor for a critical one it does not name. */
      holds: z.boolean(),
    })
    .exactOptional(),
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
  /** Instructions of the probes; absent where nobody asked for them. */
  instructions: z.array(comparedCountSchema).exactOptional(),
  incomparable: z.array(incomparableSchema),
  /** Metrics that are not judged, such as `cpu` and `gc`. */
  context: z.array(contextSchema).exactOptional(),
});

/** Two variants side by side. */
export type Comparison = Known<z.infer<typeof comparisonSchema>>;
export type Compared = Comparison['comparisons'][number];
export type ComparedContext = NonNullable<Comparison['context']>[number];
export type Incomparable = Comparison['incomparable'][number];
export type Reach = NonNullable<Compared['reach']>;
export type Verdict = Compared['verdict'];
export type Severity = NonNullable<Compared['severity']>;
