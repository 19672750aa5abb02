import { z } from 'zod';
import { artifactsSchema } from './artifacts.js';
import { intervalSchema } from './interval.js';
import type { Known } from './known.js';
import { bounds, metricSchema, unitSchema } from './metric.js';
import { probeIdSchema } from './probe-id-schema.js';
import { resourceSchema } from './resource.js';

export const leakVerdicts = ['leaking', 'saturating', 'steady', 'undecided'] as const;
export const leakResources = ['heap', 'external', 'rss', 'fd', 'handle'] as const;

/** What holds on to the memory, from the root to what it retains, and the place in the code that made it. */
export const culpritSchema = z.looseObject({
  path: z.array(z.string()),
  site: z
    .looseObject({
      file: z.string(),
      line: z.int(),
      package: z.string().exactOptional(),
      /** Functions with their places, from the one that allocated outwards: `parse /app/parse.js:10`. */
      stack: z.array(z.string()).exactOptional(),
    })
    .exactOptional(),
});

/** Of a leak: the limit that it fills, in the unit of its growth, and how many more iterations that takes. */
export const exhaustionSchema = z.looseObject({
  budget: z.number().positive(),
  iterations: z.int().nonnegative(),
});

/** Of what saturates: the container that filled up or will, and at what size, such as 500 entries of a Map. */
export const fullAtSchema = z.looseObject({
  name: z.string(),
  of: z.string(),
  size: z.number(),
  /** Where it is not full yet: the property that holds the limit, such as `max`, and iterations until it is reached. */
  limit: z.string().exactOptional(),
  iterations: z.int().nonnegative().exactOptional(),
});

export const leakFindingSchema = z.looseObject({
  kind: z.literal('leak'),
  verdict: z.enum(leakVerdicts),
  resource: z.enum(leakResources),
  /** Growth per iteration: bytes, or for `fd` and `handle` their number. */
  bytesPerIteration: intervalSchema,
  culprit: culpritSchema.exactOptional(),
  /** The smallest growth per iteration that this measurement could have called leaking, in the same unit. */
  sensitivityBytes: z.number(),
  exhaustion: exhaustionSchema.exactOptional(),
  fullAt: fullAtSchema.exactOptional(),
});

/** A limit that the probe itself sets on one of its metrics, such as `latency_p99` at most 50 ms. */
const limitFindingSchema = z.looseObject({
  kind: z.literal('limit'),
  metric: z.string().min(1),
  unit: unitSchema,
  bound: z.enum(bounds),
  /** In `unit`. */
  limit: z.number(),
});

const otherFindingSchema = z.looseObject({
  kind: z
    .string()
    .min(1)
    .regex(/^(?!(leak|limit)$)/),
});

/** A thing to know about how a figure came about, such as a warm-up that never became steady. */
export const warningSchema = z.looseObject({ code: z.string().min(1), message: z.string() });

export const failureSchema = z.looseObject({
  /** `PerfError` code or the error's name. */
  code: z.string(),
  message: z.string(),
  stack: z.string().exactOptional(),
  exitCode: z.int().nullable().exactOptional(),
  signal: z.string().nullable().exactOptional(),
  /** The last of what the process wrote to stdout and stderr, at most 4 KiB. */
  output: z.string().exactOptional(),
});

/** How two processes, or two versions in one, took turns. */
export const pairingMethods = ['lockstep', 'one-process'] as const;

/** How a measurement of one side belongs to that of the other side with the same `process.index`. */
export const pairingSchema = z.looseObject({
  /** `lockstep`: two live processes in turns, on one CPU if `cpu` is given. `one-process`: both in one. */
  method: z.enum(pairingMethods),
  /** 1 for the first series of pairs, 2 for the fresh ones that are to confirm what it flagged. */
  round: z.int().positive(),
  /** How often the series was planned to be looked at, where that was settled before this pair. */
  looks: z.int().positive().exactOptional(),
  /** Batches that count on each side; the samples are theirs, in the order in which they ran. */
  batches: z.int().nonnegative(),
  /** Pairs of batches left out since the operating system took the CPU away during one of them. */
  preempted: z.int().nonnegative(),
  /** Pairs of batches left out before the speed of both sides was steady. */
  warmup: z.int().nonnegative(),
  /** Seed of the order in which the two took turns. */
  seed: z.int(),
  /** The CPU that both were pinned to. */
  cpu: z.int().nonnegative().exactOptional(),
});

export const measurementStatuses = ['ok', 'failed', 'timed-out', 'crashed'] as const;

export const measurementSchema = z.looseObject({
  schema: z.literal('perf/measurement@1'),
  /** Derived from the rest of the document by `contentId`. */
  id: z.string().min(1),
  probe: probeIdSchema,
  /** Which of the processes of its run this was, from 0, and its id in the operating system. */
  process: z.looseObject({ index: z.int().nonnegative(), pid: z.int().nonnegative() }),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  /** From start to end of the measuring, warm-up included [ns]; monotonic clock. */
  elapsed: z.number().nonnegative(),
  seed: z.int(),
  status: z.enum(measurementStatuses),
  /** Of a comparison only. */
  pairing: pairingSchema.exactOptional(),
  /** Why there are no figures: with a status other than `ok`, or where `failedAsExpected`. */
  error: failureSchema.exactOptional(),
  /** The probe is known to fail for now, and did: no error, and no figures either. Its status is `ok`. */
  failedAsExpected: z.literal(true).exactOptional(),
  metrics: z.array(metricSchema),
  resources: z.record(z.string(), resourceSchema),
  findings: z.array(z.union([leakFindingSchema, limitFindingSchema, otherFindingSchema])),
  warnings: z.array(warningSchema),
  artifacts: artifactsSchema,
});

/** What one probe gave in one process. */
export type Measurement = Known<z.infer<typeof measurementSchema>>;
export type Metric = Measurement['metrics'][number];
export type Resource = Measurement['resources'][string];
export type Finding = Measurement['findings'][number];
export type LeakFinding = Extract<Finding, { kind: 'leak' }>;
export type LimitFinding = Extract<Finding, { kind: 'limit' }>;
export type Culprit = NonNullable<LeakFinding['culprit']>;
export type Warning = Measurement['warnings'][number];
export type Failure = NonNullable<Measurement['error']>;
export type Pairing = NonNullable<Measurement['pairing']>;
export type MeasurementStatus = Measurement['status'];
