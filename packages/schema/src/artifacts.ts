import { z } from 'zod';
import { jsonValueSchema } from './json-value.js';
import type { Known } from './known.js';
import { unitSchema } from './metric.js';

/** Figures over the time of one measurement. */
const timelineSchema = z.looseObject({
  /** Since the measurement began [ns], ascending. */
  at: z.array(z.number()),
  series: z.array(
    z.looseObject({
      /** Such as `cpu`, `rss`, `heapUsed`, `eventLoopDelay`, `throughput` or `latency_p99`. */
      name: z.string().min(1),
      unit: unitSchema,
      /** `process` is the one that measures, which generates the load if there is one; `target` a server it measures. */
      scope: z.enum(['process', 'target', 'machine']),
      /** One for each time in `at`, in `unit`; `null` where it could not be read. */
      values: z.array(z.number().nullable()),
    }),
  ),
});

/** HdrHistograms of nanoseconds in their V2 encoding, compressed, as base64. */
const histogramSchema = z.looseObject({
  /** From the intended start to the end: what a user waits. */
  response: z.string().exactOptional(),
  /** From the real start to the end. */
  service: z.string().exactOptional(),
  /** From the intended to the real start: how late the generator was. */
  lag: z.string().exactOptional(),
});

/** A part of a load with one aim: so much concurrency, or so many arrivals a second. */
const loadStageSchema = z.looseObject({
  concurrency: z.number().exactOptional(),
  /** Of a stage that climbs or falls: calls in flight at its start and its end. */
  ramp: z.looseObject({ from: z.number(), to: z.number() }).exactOptional(),
  /** Arrivals a second that were intended. */
  rate: z.number().exactOptional(),
  /** Since the measurement began [ns]. */
  from: z.number(),
  to: z.number(),
  /** Operations that ended, failed ones included. */
  operations: z.int().nonnegative(),
  /** Failed operations by kind, such as `timeout`, `ECONNRESET`, `http 500` or an error's name. */
  errors: z.record(z.string(), z.int().nonnegative()),
  /** Successful operations a second. */
  throughput: z.number(),
  /** Response times of successful operations [ns]; absent when none succeeded. */
  latency: z
    .looseObject({ p50: z.number(), p90: z.number(), p99: z.number(), p999: z.number(), max: z.number() })
    .exactOptional(),
});

const loadSchema = z.looseObject({
  model: z.enum(['closed', 'open']),
  shape: z.enum(['constant', 'ramp', 'peak', 'stress', 'endurance', 'scale']),
  stages: z.array(loadStageSchema),
  /** Of `stress`: the first stage that broke, by its index in `stages`, and why; absent when none did. */
  breakingPoint: z.looseObject({ stage: z.int().nonnegative(), reason: z.string() }).exactOptional(),
});

/** A place in the code: `file` is a path or URL as the engine gives it, `line` counts from 1. */
const siteSchema = z.looseObject({ function: z.string(), file: z.string(), line: z.int() });

/** Where the time went, by function, most first. */
const hotFunctionSchema = siteSchema.extend({
  /** Share of all samples in the function itself, and in it or what it called. */
  self: z.number(),
  total: z.number(),
});

/** Where memory was allocated, by function and line, most first. */
const allocationSiteSchema = siteSchema.extend({
  bytesPerOperation: z.number(),
  /** Of all bytes seen allocated. */
  share: z.number(),
});

/** A container that held more after each window of counted iterations. */
const containerSchema = z.looseObject({
  /** Of its constructor. */
  name: z.string(),
  /** What it holds: `elements`, `entries`, `values`, `listeners` or `properties`. */
  of: z.string(),
  size: z.number(),
  gains: z.array(z.number()),
});

/** How much was held after each block of iterations, collected before every reading. */
const growthSchema = z.looseObject({
  /** Iterations done at each reading, ascending; the first is the one that growth is counted from. */
  iterations: z.array(z.int().nonnegative()),
  /** Readings by resource: bytes, or numbers of descriptors and handles. */
  readings: z.record(z.string(), z.array(z.number())),
  /** Kinds of objects that grew between two heap snapshots, most bytes first. */
  constructors: z
    .array(z.looseObject({ name: z.string(), count: z.number(), bytes: z.number() }))
    .exactOptional(),
  /** Containers that hold more and more, most gained first; and those that did and stopped: caches that are full. */
  containers: z.array(containerSchema).exactOptional(),
  filled: z.array(containerSchema).exactOptional(),
});

export const warmUpClasses = ['flat', 'warm-up', 'slow-down', 'no-steady-state'] as const;

/** How the speed of a benchmark went over the batches of one process, from the first on: after Barrett et al. 2017. */
const warmUpSchema = z.looseObject({
  class: z.enum(warmUpClasses),
  /** Batches from the very first call to the last sample, and those of them that were left out as outliers. */
  batches: z.int().positive(),
  outliers: z.int().nonnegative(),
  /** Batches in none of these counts, since the operating system took the CPU away during them. */
  preempted: z.int().nonnegative(),
  /** First batch of the steady state; absent where there is none. */
  steadyFrom: z.int().nonnegative().exactOptional(),
  /** First batch that is a sample. */
  samplesFrom: z.int().nonnegative(),
  /** Stretches of one speed: first and last batch, and the time of one operation in them [ns]. */
  segments: z.array(
    z.looseObject({ from: z.int().nonnegative(), to: z.int().nonnegative(), level: z.number() }),
  ),
});

/** Attachments by name. Those named here have a form; others are any JSON. */
export const artifactsSchema = z
  .object({
    timeline: timelineSchema.exactOptional(),
    histogram: histogramSchema.exactOptional(),
    load: loadSchema.exactOptional(),
    hotFunctions: z.array(hotFunctionSchema).exactOptional(),
    allocationSites: z.array(allocationSiteSchema).exactOptional(),
    growth: growthSchema.exactOptional(),
    warmUp: warmUpSchema.exactOptional(),
  })
  .catchall(jsonValueSchema);

export type Artifacts = Known<z.infer<typeof artifactsSchema>>;
export type Timeline = Known<z.infer<typeof timelineSchema>>;
export type LoadProfile = Known<z.infer<typeof loadSchema>>;
export type LoadStage = Known<z.infer<typeof loadStageSchema>>;
export type HotFunction = Known<z.infer<typeof hotFunctionSchema>>;
export type AllocationSite = Known<z.infer<typeof allocationSiteSchema>>;
export type Growth = Known<z.infer<typeof growthSchema>>;
export type WarmUp = Known<z.infer<typeof warmUpSchema>>;
export type WarmUpClass = (typeof warmUpClasses)[number];
