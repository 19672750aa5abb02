import { z } from 'zod';
import type { Known } from './known.js';
import { betterSchema, unitSchema } from './metric.js';
import { probeIdSchema } from './probe-id-schema.js';
import { severities } from './severities.js';

const changePointSchema = z.looseObject({
  /** First point of the new segment, from 0. */
  index: z.int().nonnegative(),
  /** First and last index at which the change may lie. */
  low: z.int().nonnegative(),
  high: z.int().nonnegative(),
  /** The same two together; absent in older documents. */
  interval: z.tuple([z.int().nonnegative(), z.int().nonnegative()]).exactOptional(),
  /** Level after over level before. */
  ratio: z.number(),
  p: z.number(),
});

const slopeSchema = z.looseObject({
  /** Change per point as a fraction of the level. */
  perPoint: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
});

const seriesSchema = z.looseObject({
  key: z.string().min(1),
  probe: probeIdSchema.exactOptional(),
  metric: z.string().exactOptional(),
  unit: unitSchema.exactOptional(),
  better: betterSchema,
  values: z.array(z.number()).exactOptional(),
  /** Where each value came from, in the order of `values`; a value is the median of so many processes. */
  points: z
    .array(
      z.looseObject({
        run: z.string(),
        commit: z.string().exactOptional(),
        startedAt: z.iso.datetime(),
        processes: z.int().positive(),
        /** Interval of the value. */
        low: z.number().exactOptional(),
        high: z.number().exactOptional(),
      }),
    )
    .exactOptional(),
  environment: z.string().exactOptional(),
  branch: z.string().exactOptional(),
  segments: z.array(
    z.looseObject({ from: z.int().nonnegative(), to: z.int().nonnegative(), level: z.number() }),
  ),
  changePoints: z.array(changePointSchema),
  outliers: z.array(z.int().nonnegative()),
  slope: slopeSchema.exactOptional(),
  /** Where the last value was expected, from those before it, and on how many of them that rests. */
  newest: z
    .looseObject({
      expected: z.number(),
      low: z.number(),
      high: z.number(),
      basis: z.int().positive(),
    })
    .exactOptional(),
});

const alertSchema = z.looseObject({
  id: z.string().min(1),
  series: z.array(z.string()).min(1),
  state: z.enum(['open', 'confirmed', 'acknowledged', 'accepted', 'resolved']),
  openedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  /** What was seen, in words. */
  reason: z.string(),
  /** Why a person acknowledged or accepted it. */
  note: z.string().exactOptional(),
  severity: z.enum(severities).exactOptional(),
  /** `better` for an improvement, which is told once; `worse` if left out. */
  direction: z.enum(['worse', 'better']).exactOptional(),
  /** Level after over level before, of the series that changed most. */
  ratio: z.number().exactOptional(),
  /** The run of the first point after the change, and its commit. */
  run: z.string().exactOptional(),
  commit: z.string().exactOptional(),
});

export const trendSchema = z.looseObject({
  schema: z.literal('perf/trend@1'),
  series: z.array(seriesSchema),
  alerts: z.array(alertSchema),
});

/** How series of runs developed. */
export type Trend = Known<z.infer<typeof trendSchema>>;
export type TrendSeries = Trend['series'][number];
export type ChangePoint = TrendSeries['changePoints'][number];
export type Alert = Trend['alerts'][number];
