import { z } from 'zod';
import { jsonValueSchema } from './json-value.js';
import type { Known } from './known.js';
import { metricSchema } from './metric.js';
import { probeIdSchema } from './probe-id-schema.js';
import { resourceSchema } from './resource.js';

export const intervalSchema = z.looseObject({ estimate: z.number(), low: z.number(), high: z.number() });

export const leakFindingSchema = z.looseObject({
  kind: z.literal('leak'),
  verdict: z.enum(['leaking', 'saturating', 'steady', 'undecided']),
  resource: z.enum(['heap', 'external', 'rss', 'fd', 'handle']),
  bytesPerIteration: intervalSchema,
  culprit: z
    .looseObject({
      path: z.array(z.string()),
      site: z
        .looseObject({ file: z.string(), line: z.int(), package: z.string().exactOptional() })
        .exactOptional(),
    })
    .exactOptional(),
  sensitivityBytes: z.number(),
});

const otherFindingSchema = z.looseObject({
  kind: z
    .string()
    .min(1)
    .regex(/^(?!leak$)/),
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
  error: failureSchema.exactOptional(),
  metrics: z.array(metricSchema),
  resources: z.record(z.string(), resourceSchema),
  findings: z.array(z.union([leakFindingSchema, otherFindingSchema])),
  warnings: z.array(warningSchema),
  artifacts: z.record(z.string(), jsonValueSchema),
});

/** What one probe gave in one process. */
export type Measurement = Known<z.infer<typeof measurementSchema>>;
export type Metric = Measurement['metrics'][number];
export type Resource = Measurement['resources'][string];
export type Finding = Measurement['findings'][number];
export type Warning = Measurement['warnings'][number];
export type Failure = NonNullable<Measurement['error']>;
export type MeasurementStatus = Measurement['status'];
